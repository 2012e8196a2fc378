extension Value: Codable {
    /// Decodes any value as the first of map, list, null, boolean, integer, double and string that it can be.
    public init(from decoder: any Decoder) throws {
        if let map = try? decoder.container(keyedBy: AnyKey.self) {
            self = .map(ValueMap(try map.allKeys.map { ($0.stringValue, try map.decode(Value.self, forKey: $0)) }))
        } else if var list = try? decoder.unkeyedContainer() {
            var items: [Value] = []
            while !list.isAtEnd { items.append(try list.decode(Value.self)) }
            self = .list(items)
        } else {
            let single = try decoder.singleValueContainer()
            if single.decodeNil() {
                self = .null
            } else if let flag = try? single.decode(Bool.self) {
                self = .bool(flag)
            } else if let number = try? single.decode(Int.self) {
                self = .int(number)
            } else if let number = try? single.decode(Double.self) {
                self = .double(number)
            } else {
                self = .string(try single.decode(String.self))
            }
        }
    }

    /// Encodes the value in the encoder's own form of its kind.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .map(let map):
            var container = encoder.container(keyedBy: AnyKey.self)
            for (key, value) in map { try container.encode(value, forKey: AnyKey(stringValue: key)) }
        case .list(let items):
            var container = encoder.unkeyedContainer()
            for item in items { try container.encode(item) }
        case .null:
            var container = encoder.singleValueContainer()
            try container.encodeNil()
        case .bool(let flag): try Self.encode(flag, to: encoder)
        case .int(let number): try Self.encode(number, to: encoder)
        case .double(let number): try Self.encode(number, to: encoder)
        case .string(let text): try Self.encode(text, to: encoder)
        }
    }

    private static func encode(_ value: some Encodable, to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }
}

extension ValueMap: Codable {
    /// Decodes a mapping; any other value is `DecodingError.dataCorrupted`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard case .map(let map) = try container.decode(Value.self) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "this is no mapping")
        }
        self = map
    }

    /// Encodes the pairs in their order.
    public func encode(to encoder: any Encoder) throws { try Value.map(self).encode(to: encoder) }
}
