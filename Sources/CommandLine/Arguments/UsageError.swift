import Model

/// A command line that Minke cannot understand: all that is wrong with it, and the command whose help explains it.
public struct UsageError: Error, Sendable, CustomStringConvertible {
    public let problems: [Problem]
    /// The words that call the command: `minke image push`.
    public let command: String
    /// The command's usage, one line.
    public let usage: String

    package init(_ problems: [Problem], at path: CommandPath) {
        self.problems = problems
        command = path.text
        usage = usageLine(of: path)
    }

    package init(_ message: String, remedy: String? = nil, at path: CommandPath) {
        self.init([Problem(message, remedy: remedy)], at: path)
    }

    public var description: String {
        let lines = problems.map { "\(command): \($0)" } + ["Usage: \(usage)", "More: \(command) --help"]
        return lines.joined(separator: "\n")
    }
}
