import Model

/// The names that a recipe's templates can read; docs/reference/recipe.yaml lists them.
struct TemplateNames {
    /// The names that can follow a name after a dot.
    enum Known {
        /// Any name.
        case open
        /// These names and no others.
        case names([String: Known])

        static func plain(_ names: [String]) -> Known {
            .names(Dictionary(names.map { ($0, .open) }) { first, _ in first })
        }
    }

    private let roots: [String: Known]

    /// Collects the names.
    ///
    /// - Parameters:
    ///   - recipes: the names of the recipes that this one can require.
    ///   - endpoints: the endpoints of all recipes; nil where they are not known.
    ///   - releaseValues: the names that any release has values for.
    init(of own: RecipeNames, recipes: [String: RecipeNames], endpoints: Set<String>?, releaseValues: Set<String>) {
        let member = Known.plain(["name", "index", "address", "host", "hostname", "pod", "addresses"])
        var requires: [String: Known] = [:]
        for (name, service) in own.requires {
            requires[name] = .names([
                "address": .open, "name": .open, "members": .open,
                "ports": recipes[service].map { .plain($0.listeners.flatMap(Self.spellings)) } ?? .open,
            ])
        }
        let endpoint = Known.plain(["internal", "public", "internal_base", "public_base", "host", "port"])
        var roots: [String: Known] = [
            "settings": .plain(own.settings.flatMap(Self.spellings)),
            "secrets": .plain(own.secrets.flatMap(Self.spellings)),
            "generated": .plain(own.generated.flatMap(Self.spellings)),
            "member": member,
            "service": .plain(["name", "members"]),
            "environment": .plain(["name", "domain", "release", "version", "region"]),
            "network": .plain(["subnet", "gateway", "prefix", "mtu"]),
            "networks": .open,
            "public": .plain(["host", "scheme"]),
            "requires": .names(Self.spelled(requires)),
            "endpoints": endpoints.map { names in
                .names(Self.spelled(Dictionary(names.map { ($0, endpoint) }) { first, _ in first }))
            } ?? .open,
            "image": .plain(["name", "identity"]),
            "release": .plain(releaseValues.flatMap(Self.spellings)),
            "common": .open,
        ]
        if own.isFront { roots["front"] = .plain(["endpoints"]) }
        if own.linksHosts { roots["links"] = .open }
        self.roots = roots
    }

    /// The reason why a template cannot read a path of names, and the remedy; nil where it can.
    func refusal(of reference: [String], seesGrant: Bool) -> (message: String, remedy: String)? {
        var roots = roots
        if seesGrant { roots["grant"] = .open }
        var known = Known.names(roots)
        for (index, name) in reference.enumerated() {
            guard case .names(let names) = known else { return nil }
            guard let next = names[name] else {
                let path = reference.prefix(index + 1).joined(separator: ".")
                return (
                    "the template reads \(path), which does not exist",
                    Remedy.nearest(to: name, among: Array(names.keys), what: "such name")
                )
            }
            known = next
        }
        return nil
    }

    /// The name as it is, and with `_` for `-`, as templates can write it after a dot.
    private static func spellings(_ name: String) -> [String] { [name, name.replacing("-", with: "_")] }

    private static func spelled(_ names: [String: Known]) -> [String: Known] {
        Dictionary(names.flatMap { name, known in spellings(name).map { ($0, known) } }) { first, _ in first }
    }
}
