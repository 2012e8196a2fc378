import Model

/// Where in a document's schema a reader stands, and where it puts what is wrong.
public struct ReadingContext {
    public let problems: ProblemList
    /// The keys from the document's root down to here, as a message names the value.
    public let path: Path
    let record: KeyRecord?
    /// Whether keys that begin with `x-` are the document's own, as Compose has them, and are passed over.
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

    /// The context of the value under `key`; `isFree` where the document and not the schema names the key.
    public func under(_ key: String, isFree: Bool = false) -> ReadingContext {
        ReadingContext(
            problems: problems, record: record, allowsExtensions: allowsExtensions,
            path: Path(parent: path, name: key, isFree: isFree))
    }

    /// Says that `node` is not what is expected here.
    public func refuse(_ node: YAMLNode, expected: String, remedy: String? = nil) {
        let name = path.description
        let found = Self.describe(node)
        let hidden = node.scalar.flatMap { VisibleText.firstHidden(in: $0.text) }
        problems.add(
            at: node.place,
            name.isEmpty ? "found \(found), expected \(expected)" : "\(name) is \(found), expected \(expected)",
            remedy: hidden.map { "\($0.name), its character \($0.position), cannot be seen: remove it" } ?? remedy)
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
