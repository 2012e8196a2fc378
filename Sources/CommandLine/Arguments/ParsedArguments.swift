import Model

/// The arguments of a command: checked values by the names of its options and arguments.
///
/// Asking for a name that the command does not declare is a programming error and stops the program.
public struct ParsedArguments: Sendable {
    /// The words that called the command: `minke image push`.
    public let command: String
    /// The command line of another program, as it was given after `--`.
    public let rest: [String]
    private let values: [String: [String]]
    private let declared: Set<String>
    private let given: Set<String>

    package init(command: String, values: [String: [String]], declared: Set<String>, given: Set<String>, rest: [String])
    {
        self.command = command
        self.values = values
        self.declared = declared
        self.given = given
        self.rest = rest
    }

    /// Whether a flag is given.
    public func flag(_ name: String) -> Bool { !texts(name).isEmpty }

    /// Whether an option or argument is on the command line itself, not in a variable or a default.
    public func isGiven(_ name: String) -> Bool {
        _ = texts(name)
        return given.contains(name)
    }

    /// The value of an option or argument, or its default; the last one if it is repeated.
    public func string(_ name: String) -> String? { texts(name).last }

    /// The value of an option or argument that is required or has a default; without one, the program stops.
    public func required(_ name: String) -> String {
        guard let text = string(name) else {
            preconditionFailure("\(command): '\(name)' is neither required nor has a default")
        }
        return text
    }

    /// All values of a repeated option or argument, in order.
    public func list(_ name: String) -> [String] { texts(name) }

    /// The value of an option or argument that is declared as an integer.
    public func int(_ name: String) -> Int? { string(name).flatMap { Int($0) } }

    /// The value of an option or argument that is declared as a duration.
    public func duration(_ name: String) -> Duration? { string(name).flatMap { Duration(text: $0) } }

    /// The value of an option or argument that is declared as a size.
    public func size(_ name: String) -> ByteCount? { string(name).flatMap { ByteCount(text: $0) } }

    /// The values of a repeated option or argument that is declared as assignments.
    public func assignments(_ name: String) -> [(name: String, value: String)] {
        texts(name).compactMap { text in
            guard let equals = text.firstIndex(of: "=") else { return nil }
            return (String(text[..<equals]), String(text[text.index(after: equals)...]))
        }
    }

    private func texts(_ name: String) -> [String] {
        precondition(declared.contains(name), "\(command) declares no option or argument '\(name)'")
        return values[name] ?? []
    }
}
