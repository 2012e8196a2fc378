import Model

/// A setting or secret of a service, with everything that reads it.
public struct ConfigurationKey: Sendable, Hashable {
    /// The kind of a key: a setting with its type, or a secret with its form.
    public enum Kind: Sendable, Hashable {
        case setting(SettingRecipe.Kind)
        case secret(SecretRecipe.Kind)
    }

    /// The name as an environment's `secrets:` has it: `SERVICE.NAME`, `NAME` for a secret of the whole
    /// environment, or `SERVICE.NAME.MEMBER` for one of each member.
    public let name: String
    /// The recipes that have the key; more than one only for a secret of the whole environment.
    public let services: [String]
    /// The kind of the key.
    public let kind: Kind
    /// The default value; nil for a secret, which is generated.
    public let standard: Value?
    /// The description in one line; empty for a secret.
    public let help: String
    /// The places where it is read, such as `keystone: keystone.conf [DEFAULT] debug`.
    public let readers: [String]
    /// The highest cost of a change for a running member; nil where members do not see it.
    public let cost: ChangeCost?
    /// The effect of a change in words, such as `reload` or `replace, without a gap`, or `run bootstrap again` where
    /// only a job reads it; nil where neither members nor jobs nor sidecars do.
    public let means: String?

    /// Whether the key is a secret or another generated value.
    public var isSecret: Bool {
        if case .secret = kind { return true }
        return false
    }

    /// The type or form in a word, such as `integer` or `password`.
    public var type: String {
        switch kind {
        case .setting(let kind): kind.rawValue
        case .secret(let kind): kind.rawValue
        }
    }
}

extension ServiceRecipe {
    /// The effect of a change of this cost on a member of the service, by the planner's rules.
    public func means(for cost: ChangeCost) -> String {
        var cost = cost
        if cost == .reload, reload == nil { cost = .restart }
        if cost == .restart, replacement == .startFirst { return "replace, without a gap" }
        return cost.rawValue
    }

    /// The effect of a change on a member, or on jobs and sidecars where no member sees it.
    fileprivate func means(for uses: [TemplateUse]) -> String? {
        if let cost = uses.compactMap(\.cost).max() { return means(for: cost) }
        let receivers = Set(uses.flatMap { $0.receivers ?? [] }).sorted()
        let cost = uses.filter { $0.receivers != nil }.compactMap(\.receiversCost).max()
        return receivers.isEmpty ? nil : means(for: cost ?? .restart, of: receivers)
    }

    /// The effect of a change of this cost in a file that only these jobs and sidecars get, or that members get where
    /// `receivers` is nil.
    public func means(for cost: ChangeCost, of receivers: [String]?) -> String {
        guard let receivers else { return means(for: cost) }
        let sidecars = sidecars.filter { receivers.contains($0.name) }
        let others = receivers.filter { name in !sidecars.contains { $0.name == name } }
        var words = others.isEmpty ? [] : ["run \(others.joined(separator: " and ")) again"]
        words += sidecars.map { sidecar in
            let isRestarted = cost == .reload && sidecar.reload == nil
            return "\((isRestarted ? .restart : cost).rawValue) \(sidecar.name)"
        }
        return words.joined(separator: ", ")
    }
}

extension Catalog {
    /// Every setting and secret of `recipes`, or of all recipes, that a template reads, sorted by name; one that
    /// several recipes share is listed once.
    public func configurationKeys(of recipes: [String]? = nil) -> [ConfigurationKey] {
        var keys: [String: ConfigurationKey] = [:]
        let names = recipes ?? Array(self.recipes.keys)
        for name in Set(names).sorted() {
            guard let service = self.recipes[name]?.service else { continue }
            let uses = service.templateUses
            for setting in service.settings {
                let found = Self.uses(of: setting.name, under: "settings", in: uses)
                if found.isEmpty { continue }
                keys["\(name).\(setting.name)"] = ConfigurationKey(
                    name: "\(name).\(setting.name)", services: [name], kind: .setting(setting.kind),
                    standard: setting.standard, help: setting.help, readers: Self.readers(found, of: name),
                    cost: found.compactMap(\.cost).max(), means: service.means(for: found))
            }
            let kept = service.secrets.map { ($0, "secrets") } + service.generated.map { ($0, "generated") }
            for (secret, root) in kept {
                let found = Self.uses(of: secret.name, under: root, in: uses)
                if found.isEmpty { continue }
                let path =
                    switch secret.scope {
                    case .environment: secret.name
                    case .service: "\(name).\(secret.name)"
                    case .member: "\(name).\(secret.name).MEMBER"
                    }
                let other = keys[path]
                let means = service.means(for: found)
                let all = [other?.means, means == other?.means ? nil : means].compactMap { $0 }
                keys[path] = ConfigurationKey(
                    name: path, services: (other?.services ?? []) + [name], kind: .secret(secret.kind), standard: nil,
                    help: "", readers: (other?.readers ?? []) + Self.readers(found, of: name),
                    cost: [other?.cost, found.compactMap(\.cost).max()].compactMap { $0 }.max(),
                    means: all.isEmpty ? nil : all.joined(separator: " or "))
            }
        }
        return keys.values.sorted { $0.name < $1.name }
    }

    private static func uses(of name: String, under root: String, in uses: [TemplateUse]) -> [TemplateUse] {
        uses.filter { use in
            use.template.references.contains { path in
                path.first == root && (path.count == 1 || ScopeKeys.isSpelling(path[1], of: name))
            }
        }
    }

    private static func readers(_ uses: [TemplateUse], of service: String) -> [String] {
        var seen: Set<String> = []
        return uses.map { "\(service): \($0.reader)" }.filter { seen.insert($0).inserted }
    }
}
