import CCrypto

/// An OpenSSL key, freed with this object.
final class PrivateKey {
    let pointer: OpaquePointer

    private init(_ pointer: OpaquePointer) { self.pointer = pointer }
    deinit { EVP_PKEY_free(pointer) }

    /// Generates a key on the curve P-256.
    static func generate() throws -> PrivateKey {
        let context = try needed(EVP_PKEY_CTX_new_from_name(nil, "EC", nil), "preparing an EC key")
        defer { EVP_PKEY_CTX_free(context) }
        try check(EVP_PKEY_keygen_init(context), "preparing an EC key")
        try check(EVP_PKEY_CTX_set_group_name(context, "P-256"), "choosing the curve P-256")
        var key: OpaquePointer?
        try check(EVP_PKEY_generate(context, &key), "generating an EC key")
        return PrivateKey(try needed(key, "generating an EC key"))
    }

    static func read(pem: String) throws -> PrivateKey {
        let memory = try Memory(pem)
        // Without a callback, OpenSSL would ask for the password of an encrypted key on the terminal.
        let refuse: @convention(c) (UnsafeMutablePointer<CChar>?, Int32, Int32, UnsafeMutableRawPointer?) -> Int32 = {
            _, _, _, _ in -1
        }
        return PrivateKey(
            try needed(PEM_read_bio_PrivateKey(memory.pointer, nil, refuse, nil), "reading a private key"))
    }

    /// The key in PEM (PKCS#8, not encrypted).
    func pem() throws -> String {
        let memory = try Memory()
        try check(
            PEM_write_bio_PKCS8PrivateKey(memory.pointer, pointer, nil, nil, 0, nil, nil), "writing a private key")
        return memory.text
    }
}

/// A memory buffer (BIO) that OpenSSL reads from or writes to.
final class Memory {
    let pointer: OpaquePointer

    init() throws {
        pointer = try needed(BIO_new(BIO_s_mem()), "making a buffer")
    }

    init(_ text: String) throws {
        let bytes = Array(text.utf8)
        pointer = try needed(BIO_new(BIO_s_mem()), "making a buffer")
        if !bytes.isEmpty { try check(BIO_write(pointer, bytes, Int32(bytes.count)), "filling a buffer") }
    }

    deinit { BIO_free(pointer) }

    var text: String {
        var data: UnsafeMutablePointer<UInt8>?
        let count = withUnsafeMutablePointer(to: &data) { BIO_ctrl(pointer, BIO_CTRL_INFO, 0, $0) }
        return String(decoding: UnsafeBufferPointer(start: data, count: max(count, 0)), as: UTF8.self)
    }
}
