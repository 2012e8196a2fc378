import Documents
import Model
import System

/// A list of tests by which a cloud is measured: a file of `catalog/conformance`.
public struct ConformanceList: Sendable {
    /// The file's name without its extension.
    public let name: String
    public let summary: String
    /// Identifiers of tests.
    public private(set) var ids: Set<String> = []
    /// Names of tests, or of classes, modules and packages of tests.
    public private(set) var names: [String] = []
    /// Attributes, such as `smoke`, each of which selects all tests that have it.
    public private(set) var tags: Set<String> = []
    /// Reasons to leave tests out that the list selects otherwise, by the tests' identifiers or by names as in `names`.
    public let exceptions: [String: String]

    /// The folder of the lists, below the catalogue's.
    public static let folder = "conformance"

    init?(_ node: YAMLNode, name: String, problems: ProblemList) {
        let list = NodeReader<ConformanceList>.object { reader in
            guard let summary = reader.required("summary", .text) else { return nil }
            return ConformanceList(
                name: name, summary: summary, ids: reader.value("ids", .list(of: .text), default: []),
                names: reader.value("names", .list(of: .text), default: []),
                tags: reader.value("tags", .list(of: .text), default: []),
                exceptions: reader.value("except", .dictionary(of: .text), default: [:]))
        }.read(node, ReadingContext(problems: problems))
        guard let list else { return nil }
        self = list
        if ids.isEmpty, names.isEmpty, tags.isEmpty {
            problems.add(at: node.place, "the list chooses no tests", remedy: "give it `ids:`, `names:` or `tags:`")
        }
    }

    init(
        name: String, summary: String, ids: [String], names: [String], tags: [String],
        exceptions: [String: String] = [:]
    ) {
        self.name = name
        self.summary = summary
        self.ids = Set(ids)
        self.names = names
        self.tags = Set(tags)
        self.exceptions = exceptions
    }

    /// Reads a list from the text of its file. Throws `Problems` with their places in it.
    public static func read(_ text: String, name: String, file: String) throws -> ConformanceList {
        let problems = ProblemList()
        let list = ConformanceList(try YAMLNode.parse(text: text, file: file), name: name, problems: problems)
        try problems.check()
        guard let list else { throw Problems("\(file) is no list of tests") }
        return list
    }

    /// Reads all lists of a catalogue, sorted by name.
    public static func load(catalog: String) throws -> [ConformanceList] {
        let folder = "\(catalog)/\(folder)"
        guard Files.isDirectory(folder) else { return [] }
        return try Files.names(in: folder).filter { $0.hasSuffix(".yaml") }.sorted().map { file in
            try read(Files.readText("\(folder)/\(file)"), name: String(file.dropLast(5)), file: "\(folder)/\(file)")
        }
    }

    /// Whether the list selects a test.
    public func chooses(_ test: TestName) -> Bool { covers(test) && exception(for: test) == nil }

    /// The reason for which the list leaves a test out; nil for a test that it selects or does not concern.
    public func exception(for test: TestName) -> String? {
        guard covers(test) else { return nil }
        return exceptions.first { $0.key == test.id || test.isWithin($0.key) }?.value
    }

    private func covers(_ test: TestName) -> Bool {
        test.id.map(ids.contains) ?? false || !tags.isDisjoint(with: test.tags)
            || names.contains { test.isWithin($0) }
    }
}
