import Model

/// A reader of a mapping, key by key, that refuses keys that were not asked for.
///
/// A key whose value is empty counts as absent. The creator of a reader calls `finish` once all keys are read.
public final class MappingReader {
    /// The node that is read.
    public let node: YAMLNode
    /// The position of the mapping in the document, and the list for problems.
    public let context: ReadingContext
    private let entries: [YAMLNode.Entry]
    private var known: [String] = []

    /// Creates a reader of a mapping or an empty node; nil, with a problem added, for any other node.
    public init?(_ node: YAMLNode, _ context: ReadingContext) {
        self.node = node
        self.context = context
        if let entries = node.entries {
            self.entries = entries
        } else if node.isNull {
            entries = []
        } else {
            context.refuse(node, expected: "a mapping")
            return nil
        }
    }

    /// The place where the mapping begins.
    public var place: Place { node.place }

    /// The value of a key that must be given; nil, with a problem added, where it is missing or wrong.
    public func required<Output>(_ key: String, _ reader: NodeReader<Output>) -> Output? {
        if let entry = entry(key) { return reader.read(entry.value, context.under(key)) }
        let name = context.path.description
        context.problems.add(
            at: place, name.isEmpty ? "the key \"\(key)\" is missing" : "\(name) lacks the key \"\(key)\"")
        return nil
    }

    /// The value of a key that may be absent; nil where it is, or where a problem was added.
    public func optional<Output>(_ key: String, _ reader: NodeReader<Output>) -> Output? {
        entry(key).flatMap { reader.read($0.value, context.under(key)) }
    }

    /// The value of a key, or `standard` where it is absent or wrong.
    public func value<Output>(_ key: String, _ reader: NodeReader<Output>, default standard: Output) -> Output {
        optional(key, reader) ?? standard
    }

    /// The entry of a key; nil where it is absent or empty. The key counts as known.
    public func entry(_ key: String) -> YAMLNode.Entry? {
        known.append(key)
        context.record?.add(key, in: context.path)
        return entries.first { $0.key == key && !$0.value.isNull }
    }

    /// Whether the mapping has the key, even with an empty value; the key counts as known.
    public func has(_ key: String) -> Bool {
        _ = entry(key)
        return entries.contains { $0.key == key }
    }

    /// The one entry among `keys` that is given; nil, with a problem added, where none or several are.
    public func exactlyOne(of keys: [String]) -> YAMLNode.Entry? {
        let found = keys.compactMap { entry($0) }
        if found.count == 1 { return found[0] }
        let name = context.path.description
        let subject = name.isEmpty ? "the document" : name
        context.problems.add(
            at: found.map(\.keyPlace).max() ?? place,
            found.isEmpty
                ? "\(subject) lacks one of the keys \(keys.joined(separator: ", "))"
                : "\(subject) has \(found.map(\.key).joined(separator: " and ")), "
                    + "expected one of \(keys.joined(separator: ", "))")
        return nil
    }

    /// Reads the value of an entry of this mapping.
    public func read<Output>(_ entry: YAMLNode.Entry, _ reader: NodeReader<Output>) -> Output? {
        reader.read(entry.value, context.under(entry.key))
    }

    /// Adds a problem for every key that was not asked for.
    public func finish() {
        for entry in entries where !known.contains(entry.key) {
            if context.allowsExtensions, entry.key.hasPrefix("x-") { continue }
            let name = context.path.description
            let near = nearestName(to: entry.key, among: known)
            let key = VisibleText.of(entry.key)
            let hidden = VisibleText.firstHidden(in: entry.key)
            context.problems.add(
                at: entry.keyPlace, name.isEmpty ? "unknown key \"\(key)\"" : "unknown key \"\(key)\" in \(name)",
                remedy: hidden.map { "\($0.name), its character \($0.position), cannot be seen: remove it" } ?? near.map
                { "did you mean \($0)?" }
                    ?? (known.isEmpty
                        ? "it takes no keys" : "the keys are \(Set(known).sorted().joined(separator: ", "))"))
        }
    }
}
