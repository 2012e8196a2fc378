import Layouts
import Recipes

/// The names that the templates of a service see with another value for each member.
struct MemberNames {
    private let hasSettings: Bool
    private let secrets: Set<String>
    private let generated: Set<String>

    init(of service: LaidOutService) {
        func own(_ recipes: [SecretRecipe]) -> Set<String> {
            Set(recipes.filter { $0.scope == .member }.flatMap { ScopeKeys.spellings(of: $0.name) })
        }
        hasSettings = service.members.contains { !$0.settings.isEmpty }
        secrets = own(service.recipe.secrets)
        generated = own(service.recipe.generated)
    }

    /// Whether a path of names is one of them, or has some of them below.
    func contains(_ path: [String]) -> Bool {
        switch path.first {
        case TemplateScope.Root.member.name: true
        case TemplateScope.Root.settings.name: hasSettings
        case TemplateScope.Root.secrets.name: holds(secrets, path)
        case TemplateScope.Root.generated.name: holds(generated, path)
        default: false
        }
    }

    private func holds(_ names: Set<String>, _ path: [String]) -> Bool {
        path.count > 1 ? names.contains(path[1]) : !names.isEmpty
    }
}
