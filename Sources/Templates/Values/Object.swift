/// A value other than data, such as a range, lazy sequence, namespace, loop or macro.
class Object {
    /// The name of the type in Python.
    var type: String { "object" }
    /// The same as `Datum.nesting`.
    var nesting: Int { 1 }
    var isTrue: Bool { true }
    /// The elements; nil where the object is not iterable. A lazy sequence is exhausted.
    func elements() throws -> [Datum]? { nil }
    /// The number of elements; nil where Python's `len` fails.
    var count: Int? { nil }
    /// The attribute of this name; nil where there is none.
    func attribute(_ name: String) throws -> Datum? { nil }
    func representation() throws -> String? { nil }
}

/// The numbers of `range()`.
final class NumberRange: Object {
    let start: Int
    let end: Int
    let step: Int
    let length: Int

    init(start: Int, end: Int, step: Int) throws {
        if step == 0 { throw Failure("the step of a range is 0") }
        self.start = start
        self.end = end
        self.step = step
        let (distance, overflow) = end.subtractingReportingOverflow(start)
        if overflow {
            length = Int.max
        } else if (distance > 0) == (step > 0), distance != 0 {
            length = Int(clamping: (distance.magnitude - 1) / step.magnitude + 1)
        } else {
            length = 0
        }
        if length > Limits.range {
            throw Failure("this range has more than \(Limits.range) elements")
        }
    }

    override var type: String { "range" }
    override var isTrue: Bool { length > 0 }
    override var count: Int? { length }
    override func elements() -> [Datum]? { (0..<length).map { .int(start + $0 * step) } }
    override func representation() -> String? {
        step == 1 ? "range(\(start), \(end))" : "range(\(start), \(end), \(step))"
    }
}

/// A generator, the result of filters such as `map` and `select`: always true, without a length, and readable only
/// once.
final class LazySequence: Object {
    private var remaining: ArraySlice<Datum>
    private let depth: Int

    init(_ elements: [Datum]) throws {
        remaining = elements[...]
        depth = try Limits.nesting(over: elements)
    }

    override var type: String { "generator" }
    override var nesting: Int { depth }
    override func elements() -> [Datum]? {
        defer { remaining = [] }
        return Array(remaining)
    }

    func next() -> Datum? { remaining.popFirst() }

    override func representation() throws -> String? {
        throw Failure("this sequence is lazy and has no text", remedy: "make it a list with '|list' or '|join'")
    }
}

/// The keys, values or items of a mapping.
final class MappingView: Object {
    enum Kind: String {
        case keys = "dict_keys"
        case values = "dict_values"
        case items = "dict_items"
    }

    let kind: Kind
    let all: [Datum]

    init(_ kind: Kind, of mapping: Datum) throws {
        self.kind = kind
        let pairs = try mapping.pairs()
        switch kind {
        case .keys: all = pairs.map(\.key)
        case .values: all = pairs.map(\.value)
        case .items: all = try pairs.map { try .tuple([$0.key, $0.value]) }
        }
    }

    override var type: String { kind.rawValue }
    override var isTrue: Bool { !all.isEmpty }
    override var count: Int? { all.count }
    override func elements() -> [Datum]? { all }
    override func representation() throws -> String? {
        "\(kind.rawValue)(\(try Datum.list(all).representation()))"
    }
}

/// A mapping whose attributes `set` can change from inner scopes.
final class Namespace: Object {
    private(set) var attributes: [String: Datum] = [:]
    private var depth = 1

    override var type: String { "Namespace" }
    override var nesting: Int { depth }
    override func attribute(_ name: String) -> Datum? { attributes[name] }

    func set(_ name: String, to value: Datum) throws {
        depth = max(depth, try Limits.nesting(over: CollectionOfOne(value)))
        attributes[name] = value
    }
}

/// The object of `cycler('odd', 'even')`, which returns its values in turn.
final class Cycler: Object {
    private let items: [Datum]
    private var position = 0

    init(_ items: [Datum]) throws {
        if items.isEmpty { throw Failure("cycler() needs at least one value") }
        self.items = items
    }

    override var type: String { "Cycler" }
    override func attribute(_ name: String) -> Datum? { name == "current" ? items[position] : nil }
    func reset() { position = 0 }
    func next() -> Datum {
        defer { position = (position + 1) % items.count }
        return items[position]
    }
}

/// The object of `joiner(', ')`, which returns an empty text the first time and its separator from then on.
final class Joiner: Object {
    private let separator: Datum
    private var wasUsed = false

    init(_ separator: Datum) { self.separator = separator }

    override var type: String { "Joiner" }
    func next() -> Datum {
        defer { wasUsed = true }
        return wasUsed ? separator : .string("")
    }
}

/// A global function, which templates see unless their scope has a value of that name.
enum GlobalFunction: String, CaseIterable {
    case range, dict, namespace, cycler, joiner
}

/// A function as a value.
final class FunctionObject: Object {
    let function: GlobalFunction
    init(_ function: GlobalFunction) { self.function = function }
    override var type: String { "function" }
}
