import CShims

/// The SHA-256 of bytes that come in pieces.
public struct SHA256 {
    private var state = minke_sha256()

    public init() { minke_sha256_begin(&state) }

    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        minke_sha256_add(&state, bytes.baseAddress, bytes.count)
    }

    public mutating func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { update($0) }
    }

    public mutating func update(_ text: String) {
        var text = text
        text.withUTF8 { update(UnsafeRawBufferPointer($0)) }
    }

    /// The digest of all that came so far; more may follow.
    public func digest() -> [UInt8] {
        var copy = state
        return [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
            minke_sha256_end(&copy, buffer.baseAddress)
            count = 32
        }
    }

    /// The digest as 64 hexadecimal digits.
    public func hex() -> String {
        Hex.encode(digest())
    }

    /// The digest of `bytes` as 64 hexadecimal digits.
    public static func hex(of bytes: [UInt8]) -> String {
        Hex.encode(digest(of: bytes))
    }

    /// The digest of a text's UTF-8 as 64 hexadecimal digits.
    public static func hex(of text: String) -> String {
        var hash = SHA256()
        hash.update(text)
        return hash.hex()
    }

    public static func digest(of bytes: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        hash.update(bytes)
        return hash.digest()
    }
}
