import Model

/// The names that a recipe's templates can read: those of `TemplateScope`, with the ones that recipes and releases
/// choose.
struct TemplateNames {
    private let own: RecipeNames
    private let recipes: [String: RecipeNames]
    private let endpoints: [String]?
    private let releaseValues: [String]

    /// Collects the names: `recipes` are those that this one can require, `endpoints` those of all recipes or nil where
    /// they are not known, and `releaseValues` the names that some release has values for.
    init(of own: RecipeNames, recipes: [String: RecipeNames], endpoints: [String]?, releaseValues: [String]) {
        self.own = own
        self.recipes = recipes
        self.endpoints = endpoints
        self.releaseValues = releaseValues
    }

    /// The reason why a template cannot read a path of names, and the remedy; nil where it can.
    func refusal(of reference: [String], seesGrant: Bool) -> (message: String, remedy: String)? {
        var shape = ScopeShape.record(TemplateScope.Root.self)
        var required: String?
        for (index, name) in reference.enumerated() {
            let known: [String]
            switch shape {
            case .value, .list, .anything: return nil
            case .record(let type):
                if let field = type.field(name), holds(field.condition, seesGrant: seesGrant) {
                    shape = field.shape
                    continue
                }
                known = type.fields.filter { holds($0.condition, seesGrant: seesGrant) }.map(\.name)
            case .map(let keys, let below):
                shape = below
                guard let names = names(of: keys, at: required) else { continue }
                if names.contains(where: { ScopeKeys.isSpelling(name, of: $0) }) {
                    if case .requirements = keys { required = service(requiredAs: name) }
                    continue
                }
                known = names.flatMap { ScopeKeys.spellings(of: $0) }
            }
            let path = reference.prefix(index + 1).joined(separator: ".")
            return (
                "the template reads \(path), which does not exist",
                Remedy.nearest(to: name, among: known, what: "such name")
            )
        }
        return nil
    }

    private func holds(_ condition: ScopeCondition?, seesGrant: Bool) -> Bool {
        switch condition {
        case nil: true
        case .front: own.isFront
        case .linkingHosts: own.linksHosts
        case .grantInput: seesGrant
        }
    }

    private func service(requiredAs name: String) -> String? {
        own.requires.first { ScopeKeys.isSpelling(name, of: $0.name) }?.service
    }

    /// The names that are known of a kind, those of listeners at a required service; nil where there may be others.
    private func names(of keys: ScopeKeys, at service: String?) -> [String]? {
        switch keys {
        case .settings: own.settings
        case .secrets: own.secrets
        case .generated: own.generated
        case .requirements: own.requires.map(\.name)
        case .listeners: service.flatMap { recipes[$0]?.listeners }
        case .endpoints: endpoints
        case .releaseValues: releaseValues
        case .networks, .grants: nil
        }
    }
}
