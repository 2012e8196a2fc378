import Model

// The engine writes `null` for an empty value or leaves it out; both read as empty here.
extension Value {
    func text(_ key: String) -> String { self[key]?.string ?? "" }

    func optionalText(_ key: String) -> String? {
        guard let text = self[key]?.string, !text.isEmpty else { return nil }
        return text
    }

    func number(_ key: String) -> Int { self[key]?.wholeNumber ?? 0 }

    func flag(_ key: String) -> Bool { self[key]?.bool ?? false }

    func items(_ key: String) -> [Value] { self[key]?.list ?? [] }

    func texts(_ key: String) -> [String] { items(key).compactMap(\.string) }

    func textMap(_ key: String) -> [String: String] {
        guard let map = self[key]?.map else { return [:] }
        var result: [String: String] = [:]
        result.reserveCapacity(map.count)
        for (key, value) in map { result[key] = value.string ?? "" }
        return result
    }

    /// The integer of an int or double; one beyond 64 bits, which JSON reads as a double, becomes the nearest.
    var wholeNumber: Int? {
        switch self {
        case .int(let number): number
        case .double(let number): Int(exactly: number.rounded()) ?? (number > 0 ? Int.max : Int.min)
        default: nil
        }
    }

    static func texts(_ texts: [String]) -> Value { .list(texts.map { .string($0) }) }

    static func textMap(_ map: [String: String]) -> Value {
        .map(ValueMap(map.map { ($0.key, .string($0.value)) }))
    }
}

/// A JSON object to send, whose empty members are left out.
struct JSONObject {
    private(set) var map = ValueMap()

    var value: Value { .map(map) }
    var isEmpty: Bool { map.isEmpty }

    mutating func set(_ key: String, _ value: Value) { map[key] = value }
    mutating func set(_ key: String, _ text: String?) { if let text { map[key] = .string(text) } }
    mutating func set(_ key: String, _ number: Int?) { if let number { map[key] = .int(number) } }
    mutating func set(_ key: String, _ flag: Bool) { if flag { map[key] = true } }
    mutating func set(_ key: String, _ texts: [String]?) { if let texts { map[key] = .texts(texts) } }
    mutating func set(_ key: String, notEmpty texts: [String]) { if !texts.isEmpty { map[key] = .texts(texts) } }
    mutating func set(_ key: String, notEmpty texts: [String: String]) {
        if !texts.isEmpty { map[key] = .textMap(texts) }
    }
    mutating func set(_ key: String, _ object: JSONObject) { if !object.isEmpty { map[key] = object.value } }
    mutating func set(_ key: String, nanosecondsOf duration: Duration?) {
        guard let duration else { return }
        map[key] = .int(
            Int(duration.components.seconds) * 1_000_000_000 + Int(duration.components.attoseconds / 1_000_000_000))
    }
}
