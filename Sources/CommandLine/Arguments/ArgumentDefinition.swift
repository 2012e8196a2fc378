/// A positional argument of a command.
public struct ArgumentDefinition: Sendable {
    /// The number of values that an argument takes.
    public enum Count: Sendable {
        case required
        case optional
        /// Any number, at least one if required; only for the last argument before a rest.
        case repeated(required: Bool)
        /// All words after `--`, or after the other arguments, unparsed; only for the last argument.
        case rest(required: Bool)
    }

    /// The name under which `ParsedArguments` has the value; help shows it in capitals.
    public var name: String
    /// The type of each value.
    public var type: ValueType
    /// The number of values.
    public var count: Count
    /// A clause that says what it is for: lower-case first letter, no full stop.
    public var summary: String

    package init(name: String, type: ValueType, count: Count, summary: String) {
        self.name = name
        self.type = type
        self.count = count
        self.summary = summary
    }

    /// An argument that must be given.
    public static func required(_ name: String, _ type: ValueType = .text, summary: String) -> ArgumentDefinition {
        ArgumentDefinition(name: name, type: type, count: .required, summary: summary)
    }

    /// An argument that may be missing.
    public static func optional(_ name: String, _ type: ValueType = .text, summary: String) -> ArgumentDefinition {
        ArgumentDefinition(name: name, type: type, count: .optional, summary: summary)
    }

    /// An argument with any number of values, at least one if `required`.
    public static func repeated(
        _ name: String, _ type: ValueType = .text, required: Bool = false, summary: String
    ) -> ArgumentDefinition {
        ArgumentDefinition(name: name, type: type, count: .repeated(required: required), summary: summary)
    }

    /// The command line of another program, given after `--` and found in `ParsedArguments.rest`.
    public static func rest(_ name: String, required: Bool = false, summary: String) -> ArgumentDefinition {
        ArgumentDefinition(name: name, type: .text, count: .rest(required: required), summary: summary)
    }

    package var isRequired: Bool {
        switch count {
        case .required: true
        case .optional: false
        case .repeated(let required), .rest(let required): required
        }
    }

    package var isRepeated: Bool {
        if case .repeated = count { return true }
        return false
    }

    package var isRest: Bool {
        if case .rest = count { return true }
        return false
    }

    /// The name in usage lines: `RECIPE`.
    package var placeholder: String { name.uppercased() }

    /// The name with the number of values, in the notation of usage lines: `[RECIPE...]`.
    package var usage: String {
        let word =
            switch count {
            case .required, .optional: placeholder
            case .repeated: "\(placeholder)..."
            case .rest: "-- \(placeholder)..."
            }
        return isRequired ? word : "[\(word)]"
    }
}
