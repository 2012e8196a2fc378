import Documents
import Model
import System

/// A list of tests that a cloud is to pass: a file of `catalog/conformance`.
public struct ConformanceList: Sendable {
    /// The file's name without its extension.
    public let name: String
    /// The list's own description, one line.
    public let summary: String
    /// The identifiers of selected tests.
    public private(set) var ids: Set<String> = []
    /// The names of selected tests, or of classes, modules and packages of tests.
    public private(set) var names: [String] = []
    /// The attributes, such as `smoke`; a test that has one of them is selected.
    public private(set) var tags: Set<String> = []
    /// The reasons to leave out tests that are selected otherwise, by the tests' identifiers or by names as in `names`.
    public let exceptions: [String: String]

    /// The folder of the lists, below the catalogue's folder.
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

    /// Reads a list from the text of its file.
    ///
    /// - Throws: `Problems` with their places in the file.
    public static func read(_ text: String, name: String, file: String) throws -> ConformanceList {
        let problems = ProblemList()
        let list = ConformanceList(try YAMLNode.parse(text: text, file: file), name: name, problems: problems)
        try problems.check()
        guard let list else { throw Problems("\(file) is no list of tests") }
        return list
    }

    /// Reads all lists of a catalogue, sorted by name; none if it has no folder of lists.
    ///
    /// - Throws: `Problems` with their places, `SystemError` if a file cannot be read.
    public static func load(catalog: String) throws -> [ConformanceList] {
        let folder = "\(catalog)/\(folder)"
        guard Files.isDirectory(folder) else { return [] }
        return try Files.names(in: folder).filter { $0.hasSuffix(".yaml") }.sorted().map { file in
            try read(Files.readText("\(folder)/\(file)"), name: String(file.dropLast(5)), file: "\(folder)/\(file)")
        }
    }

    /// Whether the list selects a test.
    public func chooses(_ test: TestName) -> Bool { covers(test) && exception(for: test) == nil }

    /// The reason why the list leaves a test out; nil for a test that it selects or does not concern.
    public func exception(for test: TestName) -> String? {
        guard covers(test) else { return nil }
        return exceptions.first { $0.key == test.id || test.isWithin($0.key) }?.value
    }

    private func covers(_ test: TestName) -> Bool {
        test.id.map(ids.contains) ?? false || !tags.isDisjoint(with: test.tags)
            || names.contains { test.isWithin($0) }
    }
}
