import Documents
import Model

/// A substitution of a fragment's parameters by a recipe's values.
struct FragmentFilling {
    let fragment: Fragment
    let values: [String: YAMLNode]
    let problems: ProblemList

    /// A node of the fragment with its parameters `<name>` replaced.
    ///
    /// A text that consists of one parameter becomes that value, of any kind; a list as an item of a list is replaced
    /// by its items. In a longer text and in a key, the value has to be a text.
    func filled(_ node: YAMLNode) -> YAMLNode {
        switch node.content {
        case .scalar(let scalar):
            if let name = Self.only(in: scalar.text), let value = value(of: name, at: node.place) { return value }
            let text = filled(scalar.text, at: node.place)
            return YAMLNode(.scalar(YAMLScalar(text: text, style: scalar.style)), at: node.place)
        case .sequence(let items):
            return YAMLNode(.sequence(items.flatMap(filledItems)), at: node.place)
        case .mapping(let entries):
            let all = entries.map { entry in
                YAMLNode.Entry(
                    key: filled(entry.key, at: entry.keyPlace), keyPlace: entry.keyPlace, value: filled(entry.value))
            }
            return YAMLNode(.mapping(all), at: node.place)
        }
    }

    /// The items that replace an item of a list: several where it is a parameter whose value is a list.
    private func filledItems(_ item: YAMLNode) -> [YAMLNode] {
        let isParameter = item.scalar.map { Self.only(in: $0.text) != nil } ?? false
        let node = filled(item)
        return isParameter ? node.items ?? [node] : [node]
    }

    private func filled(_ text: String, at place: Place) -> String {
        guard text.utf8.contains(UInt8(ascii: "<")) else { return text }
        return text.replacing(Self.parameter) { match in
            let name = String(match.1)
            guard let value = value(of: name, at: place) else { return String(match.0) }
            if let scalar = value.scalar { return scalar.text }
            problems.add(
                at: value.place,
                "\(name) of fragment \(fragment.name) is \(value.value.kind), expected a text: it is part of one")
            return ""
        }
    }

    /// The name of the parameter that a text consists of; nil for any other text.
    private static func only(in text: String) -> String? {
        guard text.utf8.first == UInt8(ascii: "<") else { return nil }
        return text.wholeMatch(of: parameter).map { String($0.1) }
    }

    private static var parameter: Regex<(Substring, Substring)> { #/<([a-z][a-z0-9-]*)>/# }

    private func value(of name: String, at place: Place) -> YAMLNode? {
        if let value = values[name] { return value }
        // A parameter without a value is already reported.
        if fragment.parameters.contains(where: { $0.name == name }) { return nil }
        problems.add(
            at: place, "fragment \(fragment.name) has no parameter \(name)",
            remedy: Remedy.meant(by: name, among: fragment.parameters.map(\.name)))
        return nil
    }
}
