import CCrypto

/// A builder of a certificate of X.509 version 3 (RFC 5280).
final class CertificateBuilder {
    let pointer: OpaquePointer

    /// Creates a certificate with a random serial number and a validity of `days` from `start`, in seconds since 1970.
    init(key: PrivateKey, start: Int, days: Int) throws {
        pointer = try needed(X509_new(), "making a certificate")
        try check(X509_set_version(pointer, 2), "making a certificate")
        let number = try SecretGenerator.bytes(16)
        let serial = BN_bin2bn(number, Int32(number.count), nil)
        defer { BN_free(serial) }
        // A serial number is positive and has at most 20 bytes (RFC 5280, section 4.1.2.2).
        BN_clear_bit(serial, 127)
        _ = try needed(BN_to_ASN1_INTEGER(serial, X509_get_serialNumber(pointer)), "setting a serial number")
        _ = try needed(ASN1_TIME_set(X509_getm_notBefore(pointer), start), "setting a validity")
        _ = try needed(ASN1_TIME_set(X509_getm_notAfter(pointer), start + days * 86400), "setting a validity")
        try check(X509_set_pubkey(pointer, key.pointer), "setting a certificate's key")
    }

    deinit { X509_free(pointer) }

    /// Sets the subject's common name, which has 64 characters at most.
    func setSubject(_ commonName: String) throws {
        try check(
            X509_NAME_add_entry_by_txt(
                X509_get_subject_name(pointer), "CN", MBSTRING_FLAG, commonName, -1, -1, 0),
            "naming a certificate")
    }

    func setIssuer(_ certificate: OpaquePointer) throws {
        try check(X509_set_issuer_name(pointer, X509_get_subject_name(certificate)), "naming a certificate's issuer")
    }

    /// Adds an extension in OpenSSL's notation; `value` must never come from users.
    func add(_ kind: Int32, _ value: String, issuer: OpaquePointer) throws {
        var context = X509V3_CTX()
        X509V3_set_ctx(&context, issuer, pointer, nil, nil, 0)
        let made = try needed(X509V3_EXT_conf_nid(nil, &context, kind, value), "making a certificate's extension")
        defer { X509_EXTENSION_free(made) }
        try check(X509_add_ext(pointer, made, -1), "adding a certificate's extension")
    }

    /// Adds the names that the certificate is for (subject alternative names).
    func add(_ names: [CertificateName], isCritical: Bool) throws {
        let list = try needed(OPENSSL_sk_new_null(), "making a list of names")
        defer { GENERAL_NAMES_free(list) }
        for name in names {
            let (kind, type, bytes): (Int32, Int32, [UInt8]) =
                switch name {
                case .dns(let text): (GEN_DNS, V_ASN1_IA5STRING, Array(text.utf8))
                case .address(let bytes): (GEN_IPADD, V_ASN1_OCTET_STRING, bytes)
                }
            let string = try needed(ASN1_STRING_type_new(type), "making a name")
            let entry = GENERAL_NAME_new()
            guard let entry, ASN1_STRING_set(string, bytes, Int32(bytes.count)) == 1 else {
                ASN1_STRING_free(string)
                GENERAL_NAME_free(entry)
                throw CryptographyError.failed("making a name")
            }
            GENERAL_NAME_set0_value(entry, kind, string)
            if OPENSSL_sk_push(list, entry) == 0 {
                GENERAL_NAME_free(entry)
                throw CryptographyError.failed("adding a name")
            }
        }
        try check(
            X509_add1_ext_i2d(pointer, NID_subject_alt_name, UnsafeMutableRawPointer(list), isCritical ? 1 : 0, 0),
            "adding a certificate's names")
    }

    /// Signs the certificate with `key` and SHA-256, and returns it in PEM.
    func sign(with key: PrivateKey) throws -> String {
        try check(X509_sign(pointer, key.pointer, EVP_sha256()), "signing a certificate")
        let memory = try Memory()
        try check(PEM_write_bio_X509(memory.pointer, pointer), "writing a certificate")
        return memory.text
    }
}
