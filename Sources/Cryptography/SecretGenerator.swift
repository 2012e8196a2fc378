import CCrypto

/// A generator of secrets from cryptographic random numbers.
public enum SecretGenerator {
    /// Random bytes from OpenSSL's generator.
    public static func bytes(_ count: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        try check(RAND_bytes(&bytes, Int32(count)), "generating random bytes")
        return bytes
    }

    /// A password of letters and digits, each equally likely.
    public static func password(length: Int = 32) throws -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
        let even = UInt8(256 / letters.count * letters.count)
        var password: [UInt8] = []
        while password.count < length {
            // Bytes beyond the last whole multiple of the number of letters would make the first letters more likely.
            for byte in try bytes(length + 16) where byte < even && password.count < length {
                password.append(letters[Int(byte) % letters.count])
            }
        }
        return String(decoding: password, as: UTF8.self)
    }

    /// Random hexadecimal digits, two for each random byte.
    public static func hex(digits: Int = 64) throws -> String {
        String(Hex.encode(try bytes((digits + 1) / 2)).prefix(digits))
    }

    /// A Fernet key: URL-safe Base64 of 32 bytes.
    public static func fernetKey() throws -> String {
        Base64.encode(try bytes(32), .urlSafe)
    }

    /// A cephx key for Ceph: Base64 of its type (AES), its time of creation, its length and 16 random bytes, as
    /// `ceph-authtool --gen-print-key` makes it.
    ///
    /// - Parameter seconds: the time of creation, in seconds since 1970.
    public static func cephKey(madeAt seconds: UInt32) throws -> String {
        func little(_ value: UInt32, bytes: Int) -> [UInt8] { (0..<bytes).map { UInt8(value >> (8 * $0) & 0xFF) } }
        let head = little(1, bytes: 2) + little(seconds, bytes: 4) + little(0, bytes: 4) + little(16, bytes: 2)
        return Base64.encode(head + (try bytes(16)))
    }

    /// A random UUID, version 4 (RFC 9562).
    public static func uuid() throws -> String {
        var bytes = try bytes(16)
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        let text = Hex.encode(bytes)
        var parts: [Substring] = []
        var rest = text[...]
        for length in [8, 4, 4, 4, 12] {
            parts.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        return parts.joined(separator: "-")
    }
}
