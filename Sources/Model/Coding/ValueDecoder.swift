extension Value {
    /// Decodes a `Codable` type. Keys that the type does not have are ignored.
    /// - Throws: `DecodingError`, with the path of the key.
    public func decode<Decoded: Decodable>(_ type: Decoded.Type = Decoded.self) throws -> Decoded {
        try Model.decode(type, from: self, at: [])
    }
}

private struct ValueDecoder: Decoder {
    let value: Value
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard let map = value.map else { throw mismatch([String: Value].self, value, codingPath) }
        return KeyedDecodingContainer(MapDecoder(map: map, codingPath: codingPath))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard let items = value.list else { throw mismatch([Value].self, value, codingPath) }
        return ListDecoder(items: items, codingPath: codingPath)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        SingleDecoder(value: value, codingPath: codingPath)
    }
}

private func mismatch(_ type: Any.Type, _ found: Value, _ path: [any CodingKey]) -> DecodingError {
    .typeMismatch(
        type, DecodingError.Context(codingPath: path, debugDescription: "found \(found.kind), not \(type)"))
}

/// Decodes a value, where a `Value` has a form for its type; any other type decodes itself.
private func decode<Decoded: Decodable>(
    _ type: Decoded.Type, from value: Value, at path: [any CodingKey]
) throws -> Decoded {
    let found: Any?
    switch type {
    case is Value.Type: found = value
    case is ValueMap.Type: found = value.map
    case is String.Type: found = value.string
    case is Bool.Type: found = value.bool
    case is Double.Type: found = value.number
    case is Float.Type: found = value.number.map { Float($0) }
    case is Duration.Type: found = value.number.map { Duration.seconds($0) }
    case let integer as any (FixedWidthInteger & Decodable).Type: found = exactly(integer, value.int)
    default: return try Decoded(from: ValueDecoder(value: value, codingPath: path))
    }
    guard let result = found as? Decoded else { throw mismatch(type, value, path) }
    return result
}

private func exactly<Integer: FixedWidthInteger>(_ type: Integer.Type, _ number: Int?) -> Any? {
    number.flatMap { Integer(exactly: $0) }
}

private struct MapDecoder<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let map: ValueMap
    let codingPath: [any CodingKey]

    var allKeys: [Key] { map.keys.compactMap(Key.init(stringValue:)) }
    func contains(_ key: Key) -> Bool { map[key.stringValue] != nil }
    func decodeNil(forKey key: Key) throws -> Bool { try value(key) == .null }

    func decode<Decoded: Decodable>(_ type: Decoded.Type, forKey key: Key) throws -> Decoded {
        try Model.decode(type, from: try value(key), at: codingPath + [key])
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try decoder(key, try value(key)).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try decoder(key, try value(key)).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder {
        let key = AnyKey(stringValue: "super")
        return decoder(key, map[key.stringValue] ?? .null)
    }

    func superDecoder(forKey key: Key) throws -> any Decoder { decoder(key, map[key.stringValue] ?? .null) }

    private func value(_ key: Key) throws -> Value {
        guard let value = map[key.stringValue] else {
            throw DecodingError.keyNotFound(
                key,
                DecodingError.Context(codingPath: codingPath, debugDescription: "\(key.stringValue) is missing"))
        }
        return value
    }

    private func decoder(_ key: any CodingKey, _ value: Value) -> ValueDecoder {
        ValueDecoder(value: value, codingPath: codingPath + [key])
    }
}

private struct ListDecoder: UnkeyedDecodingContainer {
    let items: [Value]
    let codingPath: [any CodingKey]
    private(set) var currentIndex = 0

    init(items: [Value], codingPath: [any CodingKey]) {
        self.items = items
        self.codingPath = codingPath
    }

    var count: Int? { items.count }
    var isAtEnd: Bool { currentIndex >= items.count }

    mutating func decodeNil() throws -> Bool {
        guard !isAtEnd, items[currentIndex] == .null else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<Decoded: Decodable>(_ type: Decoded.Type) throws -> Decoded {
        try next(type) { try Model.decode(type, from: $0, at: $1) }
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        try next(type) { try ValueDecoder(value: $0, codingPath: $1).container(keyedBy: type) }
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try next([Value].self) { try ValueDecoder(value: $0, codingPath: $1).unkeyedContainer() }
    }

    mutating func superDecoder() throws -> any Decoder {
        try next(Value.self) { ValueDecoder(value: $0, codingPath: $1) }
    }

    /// Reads the next item, and goes on behind it where that succeeds.
    private mutating func next<Result>(
        _ type: Any.Type, _ read: (Value, [any CodingKey]) throws -> Result
    ) throws -> Result {
        let path = codingPath + [AnyKey(intValue: currentIndex)]
        guard !isAtEnd else {
            throw DecodingError.valueNotFound(
                type, DecodingError.Context(codingPath: path, debugDescription: "the list ends before"))
        }
        let result = try read(items[currentIndex], path)
        currentIndex += 1
        return result
    }
}

private struct SingleDecoder: SingleValueDecodingContainer {
    let value: Value
    let codingPath: [any CodingKey]

    func decodeNil() -> Bool { value == .null }

    func decode<Decoded: Decodable>(_ type: Decoded.Type) throws -> Decoded {
        try Model.decode(type, from: value, at: codingPath)
    }
}
