/// The variable `loop` in the body of a `for`. It reads elements ahead only as far as an attribute needs them.
final class LoopState: Object {
    static let methods: Set<String> = ["cycle", "changed"]

    private let advance: () throws -> Datum?
    private let known: Int?
    private var ahead: [Datum] = []
    private(set) var index0 = -1
    private var previous: Datum?
    private var current: Datum?
    private var lastChanged: [Datum]?
    let depth0: Int
    /// Runs a recursive loop's body on another sequence; nil for any other loop.
    let recurse: ((Datum) throws -> Datum)?

    /// Creates the state of a loop; `known` is the number of elements, nil where it is not known beforehand.
    init(
        known: Int?, depth0: Int, recurse: ((Datum) throws -> Datum)?, advance: @escaping () throws -> Datum?
    ) {
        self.known = known
        self.depth0 = depth0
        self.recurse = recurse
        self.advance = advance
    }

    override var type: String { "LoopContext" }

    func next() throws -> Datum? {
        guard let item = ahead.isEmpty ? try advance() : ahead.removeFirst() else { return nil }
        index0 += 1
        previous = current
        current = item
        return item
    }

    private func peek() throws -> Datum? {
        if ahead.isEmpty, let item = try advance() { ahead.append(item) }
        return ahead.first
    }

    private func length() throws -> Int {
        if let known { return known }
        while let item = try advance() { ahead.append(item) }
        return index0 + 1 + ahead.count
    }

    override func attribute(_ name: String) throws -> Datum? {
        switch name {
        case "index": return .int(index0 + 1)
        case "index0": return .int(index0)
        case "first": return .bool(index0 == 0)
        case "last": return .bool(try peek() == nil)
        case "length": return .int(try length())
        case "revindex": return .int(try length() - index0)
        case "revindex0": return .int(try length() - index0 - 1)
        case "previtem":
            return index0 > 0 ? previous : .undefined(Undefined { Failure("there is no previous item") })
        case "nextitem": return try peek() ?? .undefined(Undefined { Failure("there is no next item") })
        case "depth": return .int(depth0 + 1)
        case "depth0": return .int(depth0)
        default: return nil
        }
    }

    override var count: Int? { try? length() }

    func cycle(_ items: [Datum]) throws -> Datum {
        if items.isEmpty { throw Failure("loop.cycle() needs at least one value") }
        return items[index0 % items.count]
    }

    func changed(_ values: [Datum]) throws -> Datum {
        if let last = lastChanged, last.count == values.count {
            var same = true
            for (one, other) in zip(last, values) where try !one.equals(other) {
                same = false
                break
            }
            if same { return .bool(false) }
        }
        lastChanged = values
        return .bool(true)
    }

    override func representation() throws -> String? { "<LoopContext \(index0 + 1)/\(try length())>" }
}
