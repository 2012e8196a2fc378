/// A mapping of strings to values that keeps the order in which keys were first set.
public struct ValueMap: Sendable, Hashable {
    private var order: [String] = []
    private var values: [String: Value] = [:]

    /// Creates an empty map.
    public init() {}

    /// Takes pairs in their order; a later pair of the same key replaces the value and keeps the earlier place.
    public init(_ pairs: some Sequence<(String, Value)>) {
        for (key, value) in pairs { self[key] = value }
    }

    /// The keys, in the order in which they were first set.
    public var keys: [String] { order }
    /// The number of keys.
    public var count: Int { order.count }
    /// Whether the map has no keys.
    public var isEmpty: Bool { order.isEmpty }

    /// The value of a key, nil where the map lacks it; setting nil removes the key, and setting it again puts it last.
    public subscript(key: String) -> Value? {
        get { values[key] }
        set {
            if let newValue {
                if values.updateValue(newValue, forKey: key) == nil { order.append(key) }
            } else if values.removeValue(forKey: key) != nil {
                order.removeAll { $0 == key }
            }
        }
    }

    /// The map with every key of `other` over its own: maps are merged key by key, anything else is replaced.
    public func merging(_ other: ValueMap) -> ValueMap {
        var merged = self
        for (key, value) in other {
            if case .map(let theirs) = value, case .map(let ours)? = merged[key] {
                merged[key] = .map(ours.merging(theirs))
            } else {
                merged[key] = value
            }
        }
        return merged
    }

    /// Compares the content; the order of keys does not count.
    public static func == (left: ValueMap, right: ValueMap) -> Bool { left.values == right.values }
    /// Hashes the content without the order of keys, which does not count for equality.
    public func hash(into hasher: inout Hasher) { hasher.combine(values) }
}

extension ValueMap: Sequence {
    /// Returns an iterator over the pairs in the order of `keys`.
    public func makeIterator() -> AnyIterator<(key: String, value: Value)> {
        var index = order.startIndex
        return AnyIterator {
            guard index < order.endIndex else { return nil }
            defer { index += 1 }
            let key = order[index]
            return values[key].map { (key, $0) }
        }
    }
}
