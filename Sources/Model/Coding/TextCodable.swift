/// A value that is encoded as its text.
public protocol TextCodable: Codable, CustomStringConvertible {
    /// Reads the form that `description` gives; nil for any other text.
    init?(text: String)
}

extension TextCodable {
    /// Decodes a text; one of another form is `DecodingError.dataCorrupted`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Self(text: text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(text) is no \(Self.self)")
        }
        self = value
    }

    /// Encodes `description`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension IPv4Address: TextCodable {}
extension IPv4Network: TextCodable {}
