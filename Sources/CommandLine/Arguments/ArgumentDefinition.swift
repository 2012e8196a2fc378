/// A positional argument of a command.
public struct ArgumentDefinition: Sendable {
    public enum Count: Sendable {
        case required
        case optional
        /// Any number, at least one where it is required; only the last argument before a rest.
        case repeated(required: Bool)
        /// All words after `--`, or after the other arguments, as they are; only the last argument.
        case rest(required: Bool)
    }

    /// The name that `ParsedArguments` has it under; help shows it in capitals.
    public var name: String
    public var type: ValueType
    public var count: Count
    /// A clause that says what it is for: small first letter, no full stop.
    public var summary: String

    package init(name: String, type: ValueType, count: Count, summary: String) {
        self.name = name
        self.type = type
        self.count = count
        self.summary = summary
    }

    /// One argument that must be given.
    public static func required(_ name: String, _ type: ValueType = .text, summary: String) -> ArgumentDefinition {
        ArgumentDefinition(name: name, type: type, count: .required, summary: summary)
    }

    /// One argument that may be missing.
    public static func optional(_ name: String, _ type: ValueType = .text, summary: String) -> ArgumentDefinition {
        ArgumentDefinition(name: name, type: type, count: .optional, summary: summary)
    }

    /// Several arguments; none is fine unless `required`.
    public static func repeated(
        _ name: String, _ type: ValueType = .text, required: Bool = false, summary: String
    ) -> ArgumentDefinition {
        ArgumentDefinition(name: name, type: type, count: .repeated(required: required), summary: summary)
    }

    /// Another program's command line, given after `--` and found in `ParsedArguments.rest`.
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

    /// The argument as usage lines name it.
    package var placeholder: String { name.uppercased() }

    /// The argument with its count, as usage lines show it: `[RECIPE...]`.
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
