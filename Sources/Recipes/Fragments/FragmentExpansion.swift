import Documents
import Model

/// An expansion of recipes by the keys of the fragments that they use.
///
/// A recipe's own keys take precedence: mappings are merged key by key, any other value of the recipe replaces the
/// fragment's, and an empty one removes it.
final class FragmentExpansion {
    private let source: CatalogSource
    private let problems: ProblemList
    private var read: [String: Fragment?] = [:]

    init(source: CatalogSource, problems: ProblemList) {
        self.source = source
        self.problems = problems
    }

    /// The document of a recipe with the keys of its fragments in place of `use`.
    func expanded(_ node: YAMLNode) throws -> YAMLNode { try expanded(node, within: []) }

    /// - Parameter chain: the fragments that use each other, from the recipe down to this document.
    private func expanded(_ node: YAMLNode, within chain: [String]) throws -> YAMLNode {
        guard let entries = node.entries, let use = node.entry("use") else { return node }
        let own = YAMLNode(.mapping(entries.filter { $0.key != "use" }), at: node.place)
        var common = YAMLNode(.mapping([]), at: node.place)
        for (name, place, arguments) in uses(use.value) {
            if chain.contains(name) {
                problems.add(
                    at: place, "fragments use each other: \((chain + [name]).joined(separator: ", "))")
                continue
            }
            guard let fragment = try fragment(name, at: place) else { continue }
            let filling = FragmentFilling(
                fragment: fragment, values: values(arguments, of: fragment, at: place), problems: problems)
            let body = try expanded(filling.filled(fragment.body), within: chain + [name])
            common = common.joined(with: body) { path in
                if path.reduce(Optional(own), { $0?[$1] }) != nil { return }
                self.problems.add(
                    at: place,
                    "fragment \(name) gives \(path.joined(separator: ".")) another value than a fragment before it",
                    remedy: "leave one of them, or write the value in the recipe")
            }
        }
        return own.joined(with: common)
    }

    /// The fragments that a document names under `use`, each with its arguments.
    private func uses(_ node: YAMLNode) -> [(name: String, place: Place, arguments: YAMLNode?)] {
        guard let items = node.items else {
            problems.add(at: node.place, "use is \(node.value.kind), expected a list of fragments")
            return []
        }
        return items.compactMap { item in
            if let scalar = item.scalar { return (scalar.text, item.place, nil) }
            if let entries = item.entries, entries.count == 1,
                entries[0].value.isNull || entries[0].value.entries != nil
            {
                return (entries[0].key, entries[0].keyPlace, entries[0].value)
            }
            problems.add(
                at: item.place, "use has \(item.value.kind), expected the name of a fragment",
                remedy: "write `NAME`, or `NAME: {PARAMETER: VALUE}`")
            return nil
        }
    }

    private func fragment(_ name: String, at place: Place) throws -> Fragment? {
        if let known = read[name] { return known }
        guard let file = try source.fragment(name) else {
            problems.add(
                at: place, "there is no fragment \(name)",
                remedy: Remedy.meant(by: name, among: try source.fragmentNames()))
            return nil
        }
        let fragment = file.parsed(problems).flatMap { Fragment($0, name: name, problems: problems) }
        read[name] = .some(fragment)
        return fragment
    }

    /// The values of a fragment's parameters: the given arguments, and the defaults of the others.
    private func values(_ arguments: YAMLNode?, of fragment: Fragment, at place: Place) -> [String: YAMLNode] {
        var values: [String: YAMLNode] = [:]
        let names = fragment.parameters.map(\.name)
        for entry in arguments?.entries ?? [] {
            if names.contains(entry.key) {
                values[entry.key] = entry.value
            } else {
                problems.add(
                    at: entry.keyPlace, "fragment \(fragment.name) has no parameter \(entry.key)",
                    remedy: Remedy.meant(by: entry.key, among: names))
            }
        }
        for parameter in fragment.parameters where values[parameter.name] == nil {
            if let standard = parameter.standard {
                values[parameter.name] = standard
            } else {
                problems.add(
                    at: place, "fragment \(fragment.name) lacks its parameter \(parameter.name)",
                    remedy: "give it: \(parameter.help)")
            }
        }
        return values
    }
}
