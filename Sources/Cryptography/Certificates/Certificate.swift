import CCrypto
import Glibc

/// An X.509 certificate: the first one of a PEM text, which may also have a key.
public final class Certificate {
    let pointer: OpaquePointer

    /// The subject's common name; empty where there is none.
    public let commonName: String
    /// The DNS names and IP addresses that the certificate is for (subject alternative names).
    public let names: [String]
    /// The beginning of the validity, in seconds since 1970.
    public let notBefore: Int
    /// The end of the validity, in seconds since 1970.
    public let notAfter: Int
    /// Whether the certificate is an authority's, so that it may sign others.
    public let isAuthority: Bool

    /// Reads the first certificate of a PEM text.
    ///
    /// - Throws: `CryptographyError` where there is none.
    public init(pem: String) throws {
        let memory = try Memory(pem)
        pointer = try needed(PEM_read_bio_X509(memory.pointer, nil, nil, nil), "reading a certificate")
        do {
            notBefore = try Certificate.seconds(X509_get0_notBefore(pointer))
            notAfter = try Certificate.seconds(X509_get0_notAfter(pointer))
        } catch {
            X509_free(pointer)
            throw error
        }
        commonName = Certificate.commonName(of: pointer)
        names = Certificate.alternativeNames(of: pointer).map(\.text)
        isAuthority = X509_check_ca(pointer) > 0
    }

    deinit { X509_free(pointer) }

    /// Whether the certificate expires within a time, has expired, or is not valid yet.
    public func expires(within time: Duration, at now: Int = CertificateAuthority.currentTime()) -> Bool {
        notAfter < now + Int(time.components.seconds) || notBefore > now
    }

    /// The certificate in PEM, without a key.
    func pem() throws -> String {
        let memory = try Memory()
        try check(PEM_write_bio_X509(memory.pointer, pointer), "writing a certificate")
        return memory.text
    }

    /// Whether the authority with the given certificate signed this one.
    public func isSigned(by authority: Certificate) -> Bool {
        defer { ERR_clear_error() }
        guard X509_NAME_cmp(X509_get_issuer_name(pointer), X509_get_subject_name(authority.pointer)) == 0,
            let key = X509_get0_pubkey(authority.pointer)
        else { return false }
        return X509_verify(pointer, key) == 1
    }

    /// Whether the certificate is for a DNS name or IP address, by the rules of TLS clients: case does not matter, and
    /// `*.` stands for one label.
    public func covers(_ name: String) -> Bool {
        defer { ERR_clear_error() }
        return switch try? CertificateName(name) {
        case .dns:
            X509_check_host(pointer, name, name.utf8.count, UInt32(X509_CHECK_FLAG_NEVER_CHECK_SUBJECT), nil) == 1
        case .address: X509_check_ip_asc(pointer, name, 0) == 1
        case nil: false
        }
    }

    private static func seconds(_ time: UnsafePointer<ASN1_TIME>?) throws -> Int {
        var parts = tm()
        try check(ASN1_TIME_to_tm(time, &parts), "reading a certificate's validity")
        return timegm(&parts)
    }

    private static func commonName(of certificate: OpaquePointer) -> String {
        let subject = X509_get_subject_name(certificate)
        let index = X509_NAME_get_index_by_NID(subject, NID_commonName, -1)
        guard index >= 0, let entry = X509_NAME_get_entry(subject, index), let data = X509_NAME_ENTRY_get_data(entry)
        else { return "" }
        var text: UnsafeMutablePointer<UInt8>?
        let count = ASN1_STRING_to_UTF8(&text, data)
        defer { CRYPTO_free(text, nil, 0) }
        return count > 0 ? String(decoding: UnsafeBufferPointer(start: text, count: Int(count)), as: UTF8.self) : ""
    }

    private static func alternativeNames(of certificate: OpaquePointer) -> [CertificateName] {
        guard let extensionData = X509_get_ext_d2i(certificate, NID_subject_alt_name, nil, nil) else { return [] }
        let list = OpaquePointer(extensionData)
        defer { GENERAL_NAMES_free(list) }
        return (0..<OPENSSL_sk_num(list)).compactMap { index in
            guard let entry = OPENSSL_sk_value(list, index) else { return nil }
            var kind: Int32 = 0
            let value = GENERAL_NAME_get0_value(entry.assumingMemoryBound(to: GENERAL_NAME.self), &kind)
            guard let string = value?.assumingMemoryBound(to: ASN1_STRING.self) else { return nil }
            let bytes = CertificateName.bytes(of: string)
            return switch kind {
            case GEN_DNS: .dns(String(decoding: bytes, as: UTF8.self))
            case GEN_IPADD: .address(bytes)
            default: nil
            }
        }
    }
}
