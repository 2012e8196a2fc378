import Model

extension Datum {
    /// Whether the value is true for Python's `bool`.
    func isTrue() throws -> Bool {
        switch self {
        case .none: return false
        case .bool(let flag): return flag
        case .int(let number): return number != 0
        case .double(let number): return number != 0
        case .string(let text), .markup(let text): return !text.isEmpty
        case .values(let items): return !items.isEmpty
        case .mapping(let map): return !map.isEmpty
        case .list(let items), .tuple(let items): return !items.elements.isEmpty
        case .dictionary(let dictionary): return !dictionary.pairs.isEmpty
        case .undefined(let undefined):
            try undefined.use()
            return false
        case .object(let object): return object.isTrue
        }
    }

    /// The elements of an iteration; nil where the value is not iterable. A lazy sequence is exhausted.
    func optionalElements() throws -> [Datum]? {
        switch self {
        case .values(let items): return items.map { Datum($0) }
        case .list(let items), .tuple(let items): return items.elements
        case .mapping(let map): return map.keys.map { .string($0) }
        case .dictionary(let dictionary): return dictionary.pairs.map(\.key)
        case .string(let text), .markup(let text):
            try Limits.check(elements: text.utf8.count)
            return text.unicodeScalars.map { .string(String(Character($0))) }
        case .undefined(let undefined):
            try undefined.use()
            return []
        case .object(let object): return try object.elements()
        case .none, .bool, .int, .double: return nil
        }
    }

    /// The elements of an iteration; a value that is not iterable is an error.
    func elements() throws -> [Datum] {
        guard let elements = try optionalElements() else {
            throw Failure("\(described) is not iterable")
        }
        return elements
    }

    /// The keys and values of a mapping.
    func pairs() throws -> [(key: Datum, value: Datum)] {
        switch self {
        case .mapping(let map): return map.map { (.string($0.key), Datum($0.value)) }
        case .dictionary(let dictionary): return dictionary.pairs
        case .undefined(let undefined): throw undefined.failure
        default: throw Failure("\(described) is not a mapping")
        }
    }

    /// The number of elements or characters; nil where the value has no length.
    func optionalCount() throws -> Int? {
        switch self {
        case .string(let text), .markup(let text): return text.unicodeScalars.count
        case .values(let items): return items.count
        case .list(let items), .tuple(let items): return items.elements.count
        case .mapping(let map): return map.count
        case .dictionary(let dictionary): return dictionary.pairs.count
        case .undefined(let undefined):
            try undefined.use()
            return 0
        case .object(let object): return object.count
        case .none, .bool, .int, .double: return nil
        }
    }

    /// The description of the value in error messages.
    var described: String {
        switch self {
        case .none: "none"
        case .bool(let flag): flag ? "true" : "false"
        case .int(let number): "the number \(number)"
        case .double(let number): "the number \(pythonText(of: number))"
        case .string(let text), .markup(let text):
            text.utf8.count <= 40 ? "the string \(pythonRepresentation(of: text))" : "a string"
        case .values, .list: "a list"
        case .tuple: "a tuple"
        case .mapping, .dictionary: "a mapping"
        case .undefined: "an undefined value"
        case .object(let object): "a \(object.type)"
        }
    }

    // MARK: attributes and elements

    /// The value of `self.name`: a mapping's key, or an attribute.
    func attribute(_ name: String, at offset: Int?) throws -> Datum {
        switch self {
        case .mapping(let map):
            if let value = map[name] { return Datum(value) }
            return Datum.missing(name, among: { map.keys }, at: offset)
        case .dictionary(let dictionary):
            return dictionary[name]
                ?? Datum.missing(name, among: { dictionary.pairs.compactMap(\.key.text) }, at: offset)
        case .tuple(let items):
            if let index = items.names.firstIndex(of: name) { return items.elements[index] }
        case .object(let object):
            if let value = try object.attribute(name) { return value }
        case .undefined(let undefined): throw undefined.failure
        default: break
        }
        let described = described
        return .undefined(Undefined { Failure("\(described) has no attribute '\(name)'", offset: offset) })
    }

    private static func missing(_ name: String, among names: @escaping () -> [String], at offset: Int?) -> Datum {
        .undefined(
            Undefined {
                Failure(
                    "the mapping has no key '\(name)'",
                    remedy: nearestName(to: name, among: names()).map { "did you mean '\($0)'?" }, offset: offset)
            })
    }

    /// The value of `self[key]`: an element, or an attribute.
    func element(_ key: Datum, at offset: Int?) throws -> Datum {
        if case .undefined(let undefined) = self { throw undefined.failure }
        if case .undefined(let undefined) = key { throw undefined.failure }
        if case .dictionary(let dictionary) = self, let key = try? Key(key), let value = dictionary[key] {
            return value
        }
        if let name = key.text { return try attribute(name, at: offset) }
        if let index = key.integer, let element = try indexed(index) { return element }
        let described = described
        return .undefined(
            Undefined {
                let key = (try? key.representation()) ?? key.type
                return Failure("\(described) has no element \(key)", offset: offset)
            })
    }

    private func indexed(_ index: Int) throws -> Datum? {
        func place(_ count: Int) -> Int? {
            let place = index < 0 ? index + count : index
            return place >= 0 && place < count ? place : nil
        }
        switch self {
        case .values(let items): return place(items.count).map { Datum(items[$0]) }
        case .list(let items), .tuple(let items): return place(items.elements.count).map { items.elements[$0] }
        case .string(let text), .markup(let text):
            let scalars = Array(text.unicodeScalars)
            return place(scalars.count).map { .string(String(Character(scalars[$0]))) }
        case .object(let range as NumberRange):
            return place(range.length).map { .int(range.start + $0 * range.step) }
        default: return nil
        }
    }

    /// The value of `self[start:end:step]`, with Python's rules for bounds that are negative, missing or too large.
    func slice(from start: Datum?, to end: Datum?, step: Datum?) throws -> Datum {
        func number(_ bound: Datum?) throws -> Int? {
            switch bound {
            case nil, .some(.none): return nil
            case .some(let bound):
                if case .undefined(let undefined) = bound { throw undefined.failure }
                guard let number = bound.integer else {
                    throw Failure("a slice needs whole numbers, found \(bound.described)")
                }
                return number
            }
        }
        let (start, end, step) = (try number(start), try number(end), try number(step) ?? 1)
        if step == 0 { throw Failure("the step of a slice is 0") }
        func cut<Element>(_ elements: [Element]) -> [Element] {
            let count = elements.count
            func clamp(_ bound: Int?, missing: Int) -> Int {
                guard let bound else { return missing }
                let place = bound < 0 ? bound &+ count : bound
                return step > 0 ? min(max(place, 0), count) : min(max(place, -1), count - 1)
            }
            let first = clamp(start, missing: step > 0 ? 0 : count - 1)
            let last = clamp(end, missing: step > 0 ? count : -1)
            if step > 0 ? first >= last : first <= last { return [] }
            let stride = min(max(step, -count - 1), count + 1)
            return Swift.stride(from: first, to: last, by: stride).map { elements[$0] }
        }
        switch self {
        case .values(let items): return .values(cut(items))
        case .list(let items): return try .list(cut(items.elements))
        case .tuple(let items): return try .tuple(cut(items.elements))
        case .string(let text), .markup(let text):
            var result = String.UnicodeScalarView()
            result.append(contentsOf: cut(Array(text.unicodeScalars)))
            return .string(String(result))
        case .object(let range as NumberRange): return try .list(cut(range.elements() ?? []))
        case .undefined(let undefined): throw undefined.failure
        default: throw Failure("\(described) cannot be sliced")
        }
    }
}
