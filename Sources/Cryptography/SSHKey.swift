import CCrypto

/// A key pair for ssh, on the curve P-256, whose private half every OpenSSH reads (PKCS#8).
public struct SSHKey: Sendable {
    /// The private half; it is kept in a file that only its owner reads.
    public let privatePEM: String
    /// The public half as authorized_keys has it, without a comment (RFC 5656, section 3.1).
    public let publicText: String

    /// A new pair.
    public static func generate() throws -> SSHKey { try SSHKey(PrivateKey.generate()) }

    /// The pair of a private half that `generate` made.
    public init(privatePEM: String) throws { try self.init(PrivateKey.read(pem: privatePEM)) }

    private init(_ key: PrivateKey) throws {
        privatePEM = try key.pem()
        let point = try key.publicPoint()
        let name = Array("ecdsa-sha2-nistp256".utf8)
        let blob = Self.field(name) + Self.field(Array("nistp256".utf8)) + Self.field(point)
        publicText = "ecdsa-sha2-nistp256 \(Base64.encode(blob))"
    }

    /// Bytes with their number before them (RFC 4251, section 5, `string`).
    private static func field(_ bytes: [UInt8]) -> [UInt8] {
        withUnsafeBytes(of: UInt32(bytes.count).bigEndian) { Array($0) } + bytes
    }
}

extension PrivateKey {
    /// The public half of a key on P-256 as an uncompressed point (SEC 1, section 2.3.3).
    fileprivate func publicPoint() throws -> [UInt8] {
        var point = [UInt8](repeating: 0, count: 65)
        var count = 0
        try check(
            EVP_PKEY_get_octet_string_param(pointer, "pub", &point, point.count, &count), "reading a public key")
        guard count == 65, point[0] == 4 else { throw CryptographyError("the key is none of the curve P-256") }
        return point
    }
}
