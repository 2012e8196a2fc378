import Model

/// The error of a command line that Minke does not understand, with all mistakes and the command whose help explains
/// it.
public struct UsageError: Error, Sendable, CustomStringConvertible {
    /// The mistakes.
    public let problems: [Problem]
    /// The words that call the command: `minke image push`.
    public let command: String
    /// The usage of the command, one line.
    public let usage: String

    package init(_ problems: [Problem], at path: CommandPath) {
        self.problems = problems
        command = path.text
        usage = usageLine(of: path)
    }

    package init(_ message: String, remedy: String? = nil, at path: CommandPath) {
        self.init([Problem(message, remedy: remedy)], at: path)
    }

    /// The mistakes, one a line, then the usage and the command that explains it.
    public var description: String {
        let lines = problems.map { "\(command): \($0)" } + ["Usage: \(usage)", "More: \(command) --help"]
        return lines.joined(separator: "\n")
    }
}
