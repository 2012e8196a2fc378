import Model

/// The position of a reader in a document, with the list that collects its problems.
public struct ReadingContext {
    /// The list that collects the problems of all readers.
    public let problems: ProblemList
    /// The keys from the document's root down to here, which name the value in messages.
    public let path: Path
    let record: KeyRecord?
    /// Whether keys that begin with `x-` are ignored, like the extension fields of Docker Compose.
    let allowsExtensions: Bool

    /// Creates the context of a document's root; with `record`, the keys that readers ask for are recorded.
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

    /// A chain of keys, whose text is only made when a message needs it.
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

/// A record of the keys that readers asked for, which tests compare with the reference files.
public final class KeyRecord {
    /// The keys with the path of their mapping, as `service.listeners.*.port`.
    public private(set) var keys: Set<String> = []

    /// Creates an empty record.
    public init() {}

    func add(_ key: String, in path: ReadingContext.Path) {
        let before = path.schema
        keys.insert(before.isEmpty ? key : "\(before).\(key)")
    }
}

/// The description of a value in messages: its kind and, where that is short, the value itself.
///
/// - Parameter text: the text of the value in the file, where it is known.
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
