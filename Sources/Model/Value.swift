/// A value without a schema, as documents, templates and JSON have it.
public enum Value: Sendable, Hashable {
    case null
    case bool(Bool)
    case int(Int)
    case double(Double)
    case string(String)
    case list([Value])
    case map(ValueMap)

    /// The value under `key` where this is a map that has it.
    public subscript(key: String) -> Value? {
        if case .map(let map) = self { return map[key] }
        return nil
    }

    /// The text of a string; nil for any other value.
    public var string: String? {
        if case .string(let text) = self { return text }
        return nil
    }

    /// The number of an integer; nil for any other value, a `double` included.
    public var int: Int? {
        if case .int(let number) = self { return number }
        return nil
    }

    /// The number of an integer or a `double`; nil for any other value.
    public var number: Double? {
        switch self {
        case .double(let number): number
        case .int(let number): Double(number)
        default: nil
        }
    }

    /// The flag of a boolean; nil for any other value.
    public var bool: Bool? {
        if case .bool(let flag) = self { return flag }
        return nil
    }

    /// The items of a list; nil for any other value.
    public var list: [Value]? {
        if case .list(let items) = self { return items }
        return nil
    }

    /// The pairs of a map; nil for any other value.
    public var map: ValueMap? {
        if case .map(let map) = self { return map }
        return nil
    }

    /// The name of the value's kind as an error message has it, article included.
    public var kind: String {
        switch self {
        case .null: "nothing"
        case .bool: "a boolean"
        case .int: "an integer"
        case .double: "a number"
        case .string: "a string"
        case .list: "a list"
        case .map: "a mapping"
        }
    }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral, ExpressibleByFloatLiteral
{
    /// Creates a string.
    public init(stringLiteral value: String) { self = .string(value) }
    /// Creates an integer.
    public init(integerLiteral value: Int) { self = .int(value) }
    /// Creates a floating-point number.
    public init(floatLiteral value: Double) { self = .double(value) }
    /// Creates a boolean.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// Creates a list.
    public init(arrayLiteral elements: Value...) { self = .list(elements) }
    /// Creates a map in the order of the literal; of two pairs with one key, the later value counts.
    public init(dictionaryLiteral elements: (String, Value)...) { self = .map(ValueMap(elements)) }
    /// Creates the null value.
    public init(nilLiteral: ()) { self = .null }
}
