import CCrypto

/// An SSH key pair on the curve P-256; the private key is in PKCS#8, which every OpenSSH reads.
public struct SSHKey: Sendable {
    /// The private key, which belongs in a file that only its owner can read.
    public let privatePEM: String
    /// The public key as in authorized_keys, without a comment (RFC 5656, section 3.1).
    public let publicText: String

    /// Generates a key pair.
    public static func generate() throws -> SSHKey { try SSHKey(PrivateKey.generate()) }

    /// Reads a private key that `generate` made, and derives the public key.
    public init(privatePEM: String) throws { try self.init(PrivateKey.read(pem: privatePEM)) }

    private init(_ key: PrivateKey) throws {
        privatePEM = try key.pem()
        let point = try key.publicPoint()
        let name = Array("ecdsa-sha2-nistp256".utf8)
        let blob = Self.field(name) + Self.field(Array("nistp256".utf8)) + Self.field(point)
        publicText = "ecdsa-sha2-nistp256 \(Base64.encode(blob))"
    }

    /// The bytes preceded by their number (RFC 4251, section 5, `string`).
    private static func field(_ bytes: [UInt8]) -> [UInt8] {
        withUnsafeBytes(of: UInt32(bytes.count).bigEndian) { Array($0) } + bytes
    }
}

extension PrivateKey {
    /// The public key as an uncompressed point of P-256 (SEC 1, section 2.3.3).
    fileprivate func publicPoint() throws -> [UInt8] {
        var point = [UInt8](repeating: 0, count: 65)
        var count = 0
        try check(
            EVP_PKEY_get_octet_string_param(pointer, "pub", &point, point.count, &count), "reading a public key")
        guard count == 65, point[0] == 4 else { throw CryptographyError("the key is none of the curve P-256") }
        return point
    }
}
