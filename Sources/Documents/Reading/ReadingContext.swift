import Model

/// Where in a document's schema a reader stands, and where it puts what is wrong.
public struct ReadingContext {
    public let problems: ProblemList
    /// The keys from the document's root down to here, as a message names the value.
    public let path: Path
    let record: KeyRecord?

    public init(problems: ProblemList, record: KeyRecord? = nil) {
        self.problems = problems
        self.record = record
        path = Path(parent: nil, name: "", isFree: false)
    }

    private init(problems: ProblemList, record: KeyRecord?, path: Path) {
        self.problems = problems
        self.record = record
        self.path = path
    }

    /// The context of the value under `key`; `isFree` where the document and not the schema names the key.
    public func under(_ key: String, isFree: Bool = false) -> ReadingContext {
        ReadingContext(problems: problems, record: record, path: Path(parent: path, name: key, isFree: isFree))
    }

    /// Says that `node` is not what is expected here.
    public func refuse(_ node: YAMLNode, expected: String, remedy: String? = nil) {
        let name = path.description
        let found = Self.describe(node)
        problems.add(
            at: node.place,
            name.isEmpty ? "found \(found), expected \(expected)" : "\(name) is \(found), expected \(expected)",
            remedy: remedy)
    }

    /// What a node is, as a message has it.
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

        /// The keys with `*` for those that the document names.
        var schema: String { joined { $0.isFree ? "*" : $0.name } }

        private func joined(_ part: (Path) -> String) -> String {
            guard let parent else { return part(self) }
            let before = parent.joined(part)
            return before.isEmpty ? part(self) : "\(before).\(part(self))"
        }
    }
}

/// The keys that readers asked for, so that a test can hold a reference against them.
public final class KeyRecord {
    /// Keys with the path of their mapping, as `service.listeners.*.port`.
    public private(set) var keys: Set<String> = []

    public init() {}

    func add(_ key: String, in path: ReadingContext.Path) {
        let before = path.schema
        keys.insert(before.isEmpty ? key : "\(before).\(key)")
    }
}

/// What a value is, as a message has it: its kind and, where that is short, the value itself.
///
/// - Parameter text: the value as it stands in the file, where it is known.
public func described(_ value: Value, text: String? = nil) -> String {
    switch value {
    case .null: "empty"
    case .string(let string): "\"\(shortened(text ?? string))\""
    case .list, .map: value.kind
    case .bool, .int, .double: "\(value.kind) \(text ?? JSON.text(value))"
    }
}

private func shortened(_ text: String) -> String {
    let line = text.split(separator: "\n", omittingEmptySubsequences: false).first.map(String.init) ?? ""
    return line.count > 60 || line.count < text.count ? line.prefix(57) + "..." : line
}
