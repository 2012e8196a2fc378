extension Datum {
    /// Whether two values are equal by Python's `==`.
    func equals(_ other: Datum) throws -> Bool {
        switch (self, other) {
        case (.undefined(let left), _):
            try left.use()
            if case .undefined(let right) = other {
                try right.use()
                return true
            }
            return false
        case (_, .undefined(let right)):
            try right.use()
            return false
        case (.none, .none): return true
        case (.int(let left), .int(let right)): return left == right
        case (.string(let left), .string(let right)), (.string(let left), .markup(let right)),
            (.markup(let left), .string(let right)), (.markup(let left), .markup(let right)):
            return left.utf8.elementsEqual(right.utf8)
        case (.values(let left), .values(let right)):
            return try Datum.allEqual(
                left.lazy.map { Datum($0) }, right.lazy.map { Datum($0) }, left.count, right.count)
        case (.values, .list), (.list, .values), (.list, .list):
            return try Datum.allEqual(elements(), other.elements())
        case (.tuple(let left), .tuple(let right)):
            return try Datum.allEqual(left.elements, right.elements)
        case (.mapping, .mapping), (.mapping, .dictionary), (.dictionary, .mapping), (.dictionary, .dictionary):
            return try equalsMapping(other)
        case (.object(let left as NumberRange), .object(let right as NumberRange)):
            return try Datum.allEqual(left.elements() ?? [], right.elements() ?? [])
        case (.object(let left), .object(let right)): return left === right
        default:
            if let order = Datum.numericOrder(self, other) { return order == .equal }
            return false
        }
    }

    private func equalsMapping(_ other: Datum) throws -> Bool {
        let pairs = try pairs()
        guard try other.optionalCount() == pairs.count else { return false }
        for (key, value) in pairs {
            guard let theirs = try other.valueUnder(key), try value.equals(theirs) else { return false }
        }
        return true
    }

    /// The value of a mapping's key; nil where the mapping has no such key, or where this is no mapping.
    func valueUnder(_ key: Datum) throws -> Datum? {
        switch self {
        case .mapping(let map): return key.text.flatMap { map[$0] }.map { Datum($0) }
        case .dictionary(let dictionary): return dictionary[try Key(key)]
        default: return nil
        }
    }

    private static func allEqual(_ left: [Datum], _ right: [Datum]) throws -> Bool {
        try allEqual(left, right, left.count, right.count)
    }

    private static func allEqual(
        _ left: some Sequence<Datum>, _ right: some Sequence<Datum>, _ leftCount: Int, _ rightCount: Int
    ) throws -> Bool {
        guard leftCount == rightCount else { return false }
        for (one, other) in zip(left, right) where try !one.equals(other) { return false }
        return true
    }

    enum Order { case less, equal, greater, unordered }

    /// The order of two values by Python's `<`, `==` and `>`; values without an order are an error.
    func order(_ other: Datum) throws -> Order {
        if case .undefined(let undefined) = self { throw undefined.failure }
        if case .undefined(let undefined) = other { throw undefined.failure }
        if let order = Datum.numericOrder(self, other) { return order }
        if let left = text, let right = other.text {
            if left.utf8.elementsEqual(right.utf8) { return .equal }
            return left.utf8.lexicographicallyPrecedes(right.utf8) ? .less : .greater
        }
        switch (self, other) {
        case (.values, .values), (.values, .list), (.list, .values), (.list, .list), (.tuple, .tuple):
            let (left, right) = (try elements(), try other.elements())
            for (one, other) in zip(left, right) where try !one.equals(other) { return try one.order(other) }
            return left.count == right.count ? .equal : left.count < right.count ? .less : .greater
        default:
            throw Failure("\(described) and \(other.described) cannot be put in order")
        }
    }

    private static func numericOrder(_ left: Datum, _ right: Datum) -> Order? {
        if let one = left.integer, let other = right.integer {
            return one == other ? .equal : one < other ? .less : .greater
        }
        guard let one = left.number, let other = right.number else { return nil }
        if one.isNaN || other.isNaN { return .unordered }
        return one == other ? .equal : one < other ? .less : .greater
    }

    /// The number, whole or not; nil for any other value.
    var number: Double? {
        if case .double(let number) = self { return number }
        return integer.map(Double.init)
    }

    /// Whether the value contains another by Python's `in`.
    func contains(_ member: Datum) throws -> Bool {
        switch self {
        case .string(let text), .markup(let text):
            if case .undefined(let undefined) = member { throw undefined.failure }
            guard let part = member.text else {
                throw Failure("'in' of a string needs a string, found \(member.described)")
            }
            return Bytes.contains(text, part)
        case .mapping, .dictionary:
            _ = try Key(member)
            return try valueUnder(member) != nil
        case .undefined(let undefined): throw undefined.failure
        default:
            for element in try elements() where try element.equals(member) { return true }
            return false
        }
    }

    func compare(_ operation: Comparison, _ other: Datum) throws -> Bool {
        switch operation {
        case .equal: try equals(other)
        case .notEqual: try !equals(other)
        case .less: try order(other) == .less
        case .greater: try order(other) == .greater
        case .lessOrEqual: try [.less, .equal].contains(order(other))
        case .greaterOrEqual: try [.greater, .equal].contains(order(other))
        case .isIn: try other.contains(self)
        case .isNotIn: try !other.contains(self)
        }
    }
}
