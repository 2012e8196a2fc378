import Model

/// A fault that a lint rule found in a recipe.
public struct Finding: Sendable, Hashable, CustomStringConvertible {
    public let recipe: String
    /// The rule's name.
    public let rule: String
    public let problem: Problem

    public init(recipe: String, rule: String, problem: Problem) {
        self.recipe = recipe
        self.rule = rule
        self.problem = problem
    }

    public var description: String { "\(problem) [\(rule)]" }
}

/// A static check of recipes.
public struct LintRule: Sendable {
    public let name: String
    /// The demand of the rule, in one sentence without a full stop.
    public let summary: String
    let check: @Sendable (LintedRecipe, (Place?, String, String?) -> Void) -> Void
}
