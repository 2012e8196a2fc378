/// An option of a command: a flag, or a name with a value.
public struct OptionDefinition: Sendable {
    /// The kind of an option.
    public enum Kind: Sendable {
        /// An option without a value.
        case flag
        /// An option with a value: `--name VALUE`, `--name=VALUE`, `-n VALUE` or `-nVALUE`.
        case value(ValueType, placeholder: String)
        /// An option that shows the command's help instead of running it.
        case help
        /// An option that shows the program's version instead of running a command.
        case version
    }

    /// The long name without dashes, under which `ParsedArguments` has the value.
    public var name: String
    /// The letter of the short form; nil for none.
    public var short: Character?
    /// The kind, with the type of the value.
    public var kind: Kind
    /// A clause that says what it is for: lower-case first letter, no full stop.
    public var summary: String
    /// Whether the option must be given, by itself or by its variable.
    var isRequired: Bool
    /// Whether the option can be given several times; all values are kept.
    public var isRepeated: Bool
    /// The value if neither the option nor its variable is given.
    var defaultValue: String?
    /// The environment variable with the value if the option is missing.
    public var variable: String?
    /// Whether help, completions and the manual leave the option out.
    public var isHidden: Bool

    package init(
        name: String, short: Character?, kind: Kind, summary: String, isRequired: Bool = false,
        isRepeated: Bool = false, defaultValue: String? = nil, variable: String? = nil, isHidden: Bool = false
    ) {
        self.name = name
        self.short = short
        self.kind = kind
        self.summary = summary
        self.isRequired = isRequired
        self.isRepeated = isRepeated
        self.defaultValue = defaultValue
        self.variable = variable
        self.isHidden = isHidden
    }

    /// An option without a value.
    public static func flag(_ name: String, short: Character? = nil, summary: String) -> OptionDefinition {
        OptionDefinition(name: name, short: short, kind: .flag, summary: summary)
    }

    /// An option with a value, such as `--jobs N`.
    public static func value(
        _ name: String, short: Character? = nil, _ placeholder: String, _ type: ValueType = .text,
        default defaultValue: String? = nil, variable: String? = nil, required: Bool = false, summary: String
    ) -> OptionDefinition {
        OptionDefinition(
            name: name, short: short, kind: .value(type, placeholder: placeholder), summary: summary,
            isRequired: required, defaultValue: defaultValue, variable: variable)
    }

    /// An option with a value that can be given several times.
    public static func repeated(
        _ name: String, short: Character? = nil, _ placeholder: String, _ type: ValueType = .text,
        required: Bool = false, summary: String
    ) -> OptionDefinition {
        OptionDefinition(
            name: name, short: short, kind: .value(type, placeholder: placeholder), summary: summary,
            isRequired: required, isRepeated: true)
    }

    /// The option as users write it: `--jobs`.
    public var spelling: String { "--\(name)" }

    package var valueType: ValueType? {
        if case .value(let type, _) = kind { return type }
        return nil
    }

    package var placeholder: String? {
        if case .value(_, let placeholder) = kind { return placeholder }
        return nil
    }
}
