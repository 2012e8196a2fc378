import Documents
import Model
import System

extension Environment {
    /// Reads an environment file; throws `Problems` with everything that is wrong.
    public static func load(file: String) throws -> Environment {
        try parse(text: text(of: file), file: file)
    }

    private static func text(of file: String) throws -> String {
        let bytes = try withGivenFiles { try Files.read(file) }
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        throw Problems(
            at: firstInvalid(in: bytes, file: file), "this is not UTF-8 text", remedy: "write the file as UTF-8")
    }

    /// Where the first byte is that is not UTF-8.
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

    /// Makes an environment of a file's text and checks its form, not what a catalogue says about it.
    public static func parse(text: String, file: String) throws(Problems) -> Environment {
        try parse(text: text, file: file, record: nil)
    }

    static func parse(text: String, file: String, record: KeyRecord?) throws(Problems) -> Environment {
        let problems = ProblemList()
        let node = try YAMLNode.parse(text: text, file: file)
        let environment = EnvironmentReading(file: file, problems: problems).read(node, record: record)
        EnvironmentCheck(environment: environment, node: node, problems: problems).run()
        try problems.check()
        return environment
    }
}
