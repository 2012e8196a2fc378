import Model

/// The place of a reader in a document's schema, with the list for the problems that it finds.
public struct ReadingContext {
    public let problems: ProblemList
    /// The keys from the document's root down to here, by which a message names the value.
    public let path: Path
    let record: KeyRecord?
    /// Whether keys that begin with `x-` are passed over as the document's own, as Compose has them.
    let allowsExtensions: Bool

    public init(problems: ProblemList, record: KeyRecord? = nil, allowsExtensions: Bool = false) {
        self.init(
            problems: problems, record: record, allowsExtensions: allowsExtensions,
            path: Path(parent: nil, name: "", isFree: false))
    }

    private init(problems: ProblemList, record: KeyRecord?, allowsExtensions: Bool, path: Path) {
        self.problems = problems
        self.record = record
        self.allowsExtensions = allowsExtensions
        self.path = path
    }

    /// The context of the value under `key`; `isFree` is true where the document, not the schema, chooses the key.
    public func under(_ key: String, isFree: Bool = false) -> ReadingContext {
        ReadingContext(
            problems: problems, record: record, allowsExtensions: allowsExtensions,
            path: Path(parent: path, name: key, isFree: isFree))
    }

    /// Adds the problem that `node` is not what is expected here.
    public func refuse(_ node: YAMLNode, expected: String, remedy: String? = nil) {
        let name = path.description
        let found = Self.describe(node)
        let hidden = node.scalar.flatMap { VisibleText.firstHidden(in: $0.text) }
        problems.add(
            at: node.place,
            name.isEmpty ? "found \(found), expected \(expected)" : "\(name) is \(found), expected \(expected)",
            remedy: hidden.map { "\($0.name), its character \($0.position), cannot be seen: remove it" } ?? remedy)
    }

    /// The description of a node in messages.
    static func describe(_ node: YAMLNode) -> String {
        guard let scalar = node.scalar else { return node.value.kind }
        return described(scalar.value, text: scalar.text)
    }

    /// A chain of keys; its text is made only when a message needs it.
    public final class Path: CustomStringConvertible {
        let parent: Path?
        let name: String
        let isFree: Bool

        init(parent: Path?, name: String, isFree: Bool) {
            self.parent = parent
            self.name = name
            self.isFree = isFree
        }

        /// The keys with dots between them; empty at the root.
        public var description: String { joined { $0.name } }

        /// The same with `*` for keys that the document chooses.
        var schema: String { joined { $0.isFree ? "*" : $0.name } }

        private func joined(_ part: (Path) -> String) -> String {
            guard let parent else { return part(self) }
            let before = parent.joined(part)
            return before.isEmpty ? part(self) : "\(before).\(part(self))"
        }
    }
}

/// A record of the keys that readers asked for, against which a test can hold a reference.
public final class KeyRecord {
    /// The keys with the path of their mapping, as `service.listeners.*.port`.
    public private(set) var keys: Set<String> = []

    public init() {}

    func add(_ key: String, in path: ReadingContext.Path) {
        let before = path.schema
        keys.insert(before.isEmpty ? key : "\(before).\(key)")
    }
}

/// The description of a value in messages: its kind and, where that is short, the value itself.
///
/// - Parameter text: the value as it stands in the file, where it is known.
public func described(_ value: Value, text: String? = nil) -> String {
    switch value {
    case .null: "empty"
    case .string(let string): "\"\(VisibleText.of(shortened(text ?? string)))\""
    case .list, .map: value.kind
    case .double(let number) where !number.isFinite: "\(text ?? "\(number)"), which is no finite number"
    case .bool, .int, .double: "\(value.kind) \(text ?? JSON.text(value))"
    }
}

private func shortened(_ text: String) -> String {
    let line = text.split(separator: "\n", omittingEmptySubsequences: false).first.map(String.init) ?? ""
    return line.count > 60 || line.count < text.count ? line.prefix(57) + "..." : line
}
