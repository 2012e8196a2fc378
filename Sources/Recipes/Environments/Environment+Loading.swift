import Documents
import Model
import System

extension Environment {
    /// Loads an environment file and checks its form, but not against a catalogue.
    ///
    /// - Parameter others: gives further problems of an invalid file, from as much of it as could be read.
    /// - Throws: `Problems` with everything that is wrong, or where the file cannot be read.
    public static func load(
        file: String, others: (Environment) -> [Problem] = { _ in [] }
    ) throws -> Environment {
        try parse(text: text(of: file), file: file, others: others)
    }

    private static func text(of file: String) throws -> String {
        var bytes = try withGivenFiles { try Files.readGiven(file) }
        // Editors of other systems begin a file with a byte order mark, which is not part of the text.
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        throw Problems(
            at: firstInvalid(in: bytes, file: file), "this is not UTF-8 text", remedy: "write the file as UTF-8")
    }

    /// The place of the first byte that is not valid UTF-8.
    static func firstInvalid(in bytes: [UInt8], file: String) -> Place {
        var parser = Unicode.UTF8.ForwardParser()
        var rest = bytes.makeIterator()
        var (line, column) = (1, 1)
        while case .valid(let scalar) = parser.parseScalar(from: &rest) {
            column += 1
            if scalar.elementsEqual([UInt8(ascii: "\n")]) { (line, column) = (line + 1, 1) }
        }
        return Place(file: file, line: line, column: column)
    }

    /// Parses an environment file's text and checks its form, but not against a catalogue.
    ///
    /// - Parameter others: gives further problems of an invalid file, from as much of it as could be read.
    /// - Throws: `Problems` with everything that is wrong.
    public static func parse(
        text: String, file: String, others: (Environment) -> [Problem] = { _ in [] }
    ) throws(Problems) -> Environment {
        try parse(text: text, file: file, record: nil, others: others)
    }

    static func parse(
        text: String, file: String, record: KeyRecord?, others: (Environment) -> [Problem] = { _ in [] }
    ) throws(Problems) -> Environment {
        let problems = ProblemList()
        let node = try YAMLNode.parse(text: text, file: file)
        let environment = EnvironmentReading(file: file, problems: problems).read(node, record: record)
        EnvironmentCheck(environment: environment, node: node, problems: problems).run()
        if !problems.all.isEmpty { throw Problems.inOrder(problems.all + others(environment)) }
        return environment
    }
}
