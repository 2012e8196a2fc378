import Model

/// A value during rendering: one of the scope, not converted, or one that only templates have.
enum Datum {
    case none
    case bool(Bool)
    case int(Int)
    case double(Double)
    case string(String)
    /// A text marked as safe HTML by `safe` or `escape`; operators escape any text that they join to it.
    case markup(String)
    /// A list from the render's scope.
    case values([Value])
    /// A mapping from the render's scope.
    case mapping(ValueMap)
    case list(Items)
    case tuple(Items)
    case dictionary(DatumDictionary)
    case undefined(Undefined)
    case object(Object)

    init(_ value: Value) {
        switch value {
        case .null: self = .none
        case .bool(let flag): self = .bool(flag)
        case .int(let number): self = .int(number)
        case .double(let number): self = .double(number)
        case .string(let text): self = .string(text)
        case .list(let items): self = .values(items)
        case .map(let map): self = .mapping(map)
        }
    }

    static func list(_ elements: [Datum]) throws -> Datum { .list(try Items(elements)) }
    static func tuple(_ elements: [Datum]) throws -> Datum { .tuple(try Items(elements)) }

    /// The text of a string, marked or not.
    var text: String? {
        switch self {
        case .string(let text), .markup(let text): text
        default: nil
        }
    }

    /// The integer; as in Python, booleans count as integers. Nil for any other value.
    var integer: Int? {
        switch self {
        case .int(let number): number
        case .bool(let flag): flag ? 1 : 0
        default: nil
        }
    }

    /// The name of the type in Python.
    var type: String {
        switch self {
        case .none: "NoneType"
        case .bool: "bool"
        case .int: "int"
        case .double: "float"
        case .string: "str"
        case .markup: "Markup"
        case .values, .list: "list"
        case .mapping, .dictionary: "dict"
        case .tuple: "tuple"
        case .undefined: "Undefined"
        case .object(let object): object.type
        }
    }

    /// The depth of nested containers; a container of the scope counts as one, whatever it contains.
    var nesting: Int {
        switch self {
        case .list(let items), .tuple(let items): items.nesting
        case .dictionary(let dictionary): dictionary.nesting
        case .values, .mapping: 1
        case .object(let object): object.nesting
        default: 0
        }
    }

    /// The value that the caller of the template gets.
    func value() throws -> Value {
        switch self {
        case .none: return .null
        case .bool(let flag): return .bool(flag)
        case .int(let number): return .int(number)
        case .double(let number): return .double(number)
        case .string(let text), .markup(let text): return .string(text)
        case .values(let items): return .list(items)
        case .mapping(let map): return .map(map)
        case .list(let items), .tuple(let items): return .list(try items.elements.map { try $0.value() })
        case .dictionary(let dictionary):
            return .map(
                ValueMap(
                    try dictionary.pairs.map { key, value in
                        guard let key = key.text else {
                            throw Failure("a mapping's key is \(try key.representation()), expected a string")
                        }
                        return (key, try value.value())
                    }))
        case .undefined(let undefined):
            try undefined.use()
            return .string("")
        case .object: return .list(try elements().map { try $0.value() })
        }
    }
}

/// The elements of a list or tuple that a template made.
final class Items {
    let elements: [Datum]
    let nesting: Int
    /// The names by which the elements of a tuple can also be read.
    let names: [String]

    init(_ elements: [Datum], names: [String] = []) throws {
        self.elements = elements
        self.names = names
        nesting = try Limits.nesting(over: elements)
    }
}

/// A name, attribute or element that does not exist. Only some tests and the filter `default` accept it.
final class Undefined {
    /// Whether the value can be used without an error, like that of a conditional expression without `else`.
    let isSilent: Bool
    private let explain: () -> Failure

    /// Creates a value whose explanation is only computed when the value is used.
    init(isSilent: Bool = false, _ explain: @escaping () -> Failure) {
        self.isSilent = isSilent
        self.explain = explain
    }

    var failure: Failure { explain() }

    /// Throws the failure, unless this one is silent.
    func use() throws {
        if !isSilent { throw explain() }
    }
}
