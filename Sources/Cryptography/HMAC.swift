import CCrypto

/// Keyed-hash message authentication codes (HMAC, RFC 2104).
public enum HMAC {
    /// The HMAC-SHA-256 of a message, 32 bytes.
    public static func sha256(key: [UInt8], message: [UInt8]) throws -> [UInt8] {
        var code = [UInt8](repeating: 0, count: 32)
        // An empty array has no address, and OpenSSL takes a null key for that of the previous call. HMAC pads keys
        // with zeros, so that one zero byte is the same key.
        let padded = key.isEmpty ? [0] : key
        let result = CCrypto.HMAC(EVP_sha256(), padded, Int32(padded.count), message, message.count, &code, nil)
        guard result != nil else { throw CryptographyError.failed("the HMAC") }
        return code
    }

    /// The HMAC-SHA-256 of a text, as 64 hexadecimal digits.
    public static func hex(key: String, message: String) throws -> String {
        Hex.encode(try sha256(key: Array(key.utf8), message: Array(message.utf8)))
    }

    /// Whether two codes are equal, compared in constant time.
    public static func isEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        guard one.count == other.count else { return false }
        var difference: UInt8 = 0
        for index in one.indices { difference |= one[index] ^ other[index] }
        return difference == 0
    }
}
