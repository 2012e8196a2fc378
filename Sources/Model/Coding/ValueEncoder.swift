extension Value {
    /// Encodes a `Codable` type. Maps come sorted by their keys, and nil properties are left out, so that equal values
    /// have equal texts: digests are taken of this form.
    public init(encoding value: some Encodable) throws {
        let node = EncodingNode()
        try value.encode(to: ValueEncoder(node: node, codingPath: []))
        self = node.value
    }
}

/// A place of the tree that is being encoded: a map, a list or a single value.
private final class EncodingNode {
    var single = Value.null
    private var map: [String: EncodingNode]?
    private var list: [EncodingNode]?

    var value: Value {
        if let map { return .map(ValueMap(map.sorted { $0.key < $1.key }.map { ($0.key, $0.value.value) })) }
        if let list { return .list(list.map(\.value)) }
        return single
    }

    var count: Int { list?.count ?? 0 }

    func becomeMap() { map = map ?? [:] }
    func becomeList() { list = list ?? [] }

    /// Adds a place under a key of this map.
    func place(_ key: String) -> EncodingNode {
        let node = EncodingNode()
        map?[key] = node
        return node
    }

    /// Adds a place at the end of this list.
    func append() -> EncodingNode {
        let node = EncodingNode()
        list?.append(node)
        return node
    }
}

private struct ValueEncoder: Encoder {
    let node: EncodingNode
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        node.becomeMap()
        return KeyedEncodingContainer(MapEncoder(node: node, codingPath: codingPath))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        node.becomeList()
        return ListEncoder(node: node, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        SingleEncoder(node: node, codingPath: codingPath)
    }
}

/// Encodes a value, where a `Value` has a form for it; any other type encodes itself.
private func encode(_ value: some Encodable, into node: EncodingNode, at path: [any CodingKey]) throws {
    switch value {
    case let value as Value: node.single = value
    case let value as ValueMap: node.single = .map(value)
    case let text as String: node.single = .string(text)
    case let flag as Bool: node.single = .bool(flag)
    case let number as Double: node.single = .double(number)
    case let number as Float: node.single = .double(Double(number))
    case let number as any BinaryInteger:
        guard let int = Int(exactly: number) else {
            throw EncodingError.invalidValue(
                value, EncodingError.Context(codingPath: path, debugDescription: "\(number) is out of range"))
        }
        node.single = .int(int)
    case let duration as Duration: node.single = .double(duration.seconds)
    default: try value.encode(to: ValueEncoder(node: node, codingPath: path))
    }
}

private struct MapEncoder<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let node: EncodingNode
    let codingPath: [any CodingKey]

    mutating func encodeNil(forKey key: Key) throws { node.place(key.stringValue).single = .null }

    mutating func encode(_ value: some Encodable, forKey key: Key) throws {
        try Model.encode(value, into: node.place(key.stringValue), at: codingPath + [key])
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        encoder(key).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        encoder(key).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder { encoder(AnyKey(stringValue: "super")) }
    mutating func superEncoder(forKey key: Key) -> any Encoder { encoder(key) }

    private func encoder(_ key: any CodingKey) -> ValueEncoder {
        ValueEncoder(node: node.place(key.stringValue), codingPath: codingPath + [key])
    }
}

private struct ListEncoder: UnkeyedEncodingContainer {
    let node: EncodingNode
    let codingPath: [any CodingKey]
    var count: Int { node.count }

    mutating func encodeNil() throws { node.append().single = .null }

    mutating func encode(_ value: some Encodable) throws {
        let path = codingPath + [AnyKey(intValue: count)]
        try Model.encode(value, into: node.append(), at: path)
    }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        encoder().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { encoder().unkeyedContainer() }
    mutating func superEncoder() -> any Encoder { encoder() }

    private func encoder() -> ValueEncoder {
        let path = codingPath + [AnyKey(intValue: count)]
        return ValueEncoder(node: node.append(), codingPath: path)
    }
}

private struct SingleEncoder: SingleValueEncodingContainer {
    let node: EncodingNode
    let codingPath: [any CodingKey]

    mutating func encodeNil() throws { node.single = .null }
    mutating func encode(_ value: some Encodable) throws { try Model.encode(value, into: node, at: codingPath) }
}

/// A key of a map, or an index of a list.
struct AnyKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(stringValue: String) {
        self.stringValue = stringValue
        intValue = nil
    }

    init(intValue: Int) {
        stringValue = "\(intValue)"
        self.intValue = intValue
    }
}
