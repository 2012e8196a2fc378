import Model

/// A fault that a lint rule found in a recipe.
public struct Finding: Sendable, Hashable, CustomStringConvertible {
    /// The recipe's name.
    public let recipe: String
    /// The rule's name.
    public let rule: String
    /// The problem, with its place.
    public let problem: Problem

    /// Creates a finding.
    public init(recipe: String, rule: String, problem: Problem) {
        self.recipe = recipe
        self.rule = rule
        self.problem = problem
    }

    /// The problem, followed by the rule's name in brackets.
    public var description: String { "\(problem) [\(rule)]" }
}

/// A static check of recipes.
struct LintRule: Sendable {
    /// The rule's name, such as `secret-literal`.
    let name: String
    /// The rule in one sentence, without a full stop.
    let summary: String
    let check: @Sendable (LintedRecipe, (Place?, String, String?) -> Void) -> Void
}
