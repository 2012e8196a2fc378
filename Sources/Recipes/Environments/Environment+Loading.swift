import Documents
import Model
import System

extension Environment {
    /// Reads an environment file; throws `Problems` with everything that is wrong, or a `SystemError`.
    public static func load(file: String) throws -> Environment {
        try parse(text: Files.readText(file), file: file)
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
