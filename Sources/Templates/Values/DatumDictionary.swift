/// A mapping that a template made, with hashable keys in the order in which they were first set.
final class DatumDictionary {
    let pairs: [(key: Datum, value: Datum)]
    let nesting: Int
    private let index: [Key: Int]

    /// Creates a mapping of pairs in their order; a later pair with the same key replaces the value and keeps the
    /// earlier key.
    init(_ given: [(key: Datum, value: Datum)]) throws {
        var pairs: [(key: Datum, value: Datum)] = []
        var index: [Key: Int] = [:]
        pairs.reserveCapacity(given.count)
        for (key, value) in given {
            let hashable = try Key(key)
            if let place = index[hashable] {
                pairs[place].value = value
            } else {
                index[hashable] = pairs.count
                pairs.append((key, value))
            }
        }
        self.pairs = pairs
        self.index = index
        nesting = try Limits.nesting(over: pairs.lazy.map(\.value))
    }

    subscript(key: Key) -> Datum? {
        index[key].map { pairs[$0].value }
    }

    subscript(name: String) -> Datum? {
        self[.text(name)]
    }
}

/// A value as a mapping's key or a member of a set; numbers that are equal are the same key.
enum Key: Hashable {
    case none
    case int(Int)
    case double(Double)
    case text(String)
    case tuple([Key])
    case identity(ObjectIdentifier)

    init(_ datum: Datum) throws {
        switch datum {
        case .none: self = .none
        case .bool(let flag): self = .int(flag ? 1 : 0)
        case .int(let number): self = .int(number)
        case .double(let number): self = Int(exactly: number).map(Key.int) ?? .double(number)
        case .string(let text), .markup(let text): self = .text(text)
        case .tuple(let items): self = .tuple(try items.elements.map(Key.init))
        case .undefined(let undefined):
            try undefined.use()
            self = .none
        case .object(let object): self = .identity(ObjectIdentifier(object))
        case .values, .list, .mapping, .dictionary:
            throw Failure("a \(datum.type) cannot be a mapping's key or told from others, because it is not hashable")
        }
    }
}
