import CCrypto
import Glibc

/// A certificate authority that signs servers' certificates.
public struct CertificateAuthority: Sendable {
    /// The longest validity of a server's certificate that clients accept, in days.
    public static let longestServerDays = 825

    /// The authority's certificate in PEM.
    public let certificatePEM: String
    private let keyPEM: String

    /// The authority's key and certificate in PEM, in this order: a secret, which `init(pem:)` reads.
    public var pem: String { keyPEM + certificatePEM }

    /// Reads an existing authority.
    ///
    /// - Throws: `CryptographyError` where the certificate is no authority's, or the key is not the certificate's.
    public init(pem: String) throws {
        let certificate = try Certificate(pem: pem)
        guard certificate.isAuthority else { throw CryptographyError("this certificate is not of an authority") }
        let key = try PrivateKey.read(pem: pem)
        guard X509_check_private_key(certificate.pointer, key.pointer) == 1 else {
            ERR_clear_error()
            throw CryptographyError("the authority's private key does not belong to its certificate")
        }
        certificatePEM = try certificate.pem()
        keyPEM = try key.pem()
    }

    private init(certificatePEM: String, keyPEM: String) {
        self.certificatePEM = certificatePEM
        self.keyPEM = keyPEM
    }

    /// Creates an authority with a key on P-256.
    ///
    /// - Parameters:
    ///   - commonName: the authority's name, at most 64 characters.
    ///   - days: the validity in days.
    ///   - time: the time of creation, in seconds since 1970; the validity begins an hour earlier, for clocks that are
    ///     slow.
    /// - Throws: `CryptographyError`, also for a name without characters or with more.
    public static func make(
        commonName: String, days: Int = 3650, at time: Int = currentTime()
    ) throws -> CertificateAuthority {
        guard (1...64).contains(commonName.unicodeScalars.count) else {
            throw CryptographyError("an authority's name has 1 to 64 characters, found '\(commonName)'")
        }
        let key = try PrivateKey.generate()
        let builder = try CertificateBuilder(key: key, start: time - 3600, days: days)
        try builder.setSubject(commonName)
        try builder.setIssuer(builder.pointer)
        try builder.add(NID_basic_constraints, "critical,CA:TRUE,pathlen:0", issuer: builder.pointer)
        try builder.add(NID_key_usage, "critical,keyCertSign,cRLSign", issuer: builder.pointer)
        try builder.add(NID_subject_key_identifier, "hash", issuer: builder.pointer)
        return CertificateAuthority(certificatePEM: try builder.sign(with: key), keyPEM: try key.pem())
    }

    /// Issues a key and a certificate for a server, which also serve as a client's, and returns both in PEM, in this
    /// order. The text is a secret.
    ///
    /// `names` are DNS names and IP addresses; the first is the common name too. The certificate ends no later than the
    /// authority's own, which is not part of the text, since clients have it.
    public func issue(
        names: [String], days: Int = CertificateAuthority.longestServerDays, at time: Int = currentTime()
    ) throws -> String {
        guard let first = names.first else { throw CryptographyError("a server's certificate needs a name") }
        guard (1...CertificateAuthority.longestServerDays).contains(days) else {
            let longest = CertificateAuthority.longestServerDays
            throw CryptographyError("a server's certificate is valid for 1 to \(longest) days, found \(days)")
        }
        var parsed: [CertificateName] = []
        for name in try names.map(CertificateName.init) where !parsed.contains(name) { parsed.append(name) }
        let authority = try Certificate(pem: certificatePEM)
        let start = max(time - 3600, authority.notBefore)
        let remaining = (authority.notAfter - start) / 86400
        guard remaining > 0, time >= authority.notBefore else {
            throw CryptographyError("the authority's certificate is not valid at this time")
        }
        let key = try PrivateKey.generate()
        let builder = try CertificateBuilder(key: key, start: start, days: min(days, remaining))
        let hasSubject = first.unicodeScalars.count <= 64
        if hasSubject { try builder.setSubject(first) }
        try builder.setIssuer(authority.pointer)
        try builder.add(NID_basic_constraints, "critical,CA:FALSE", issuer: authority.pointer)
        try builder.add(NID_key_usage, "critical,digitalSignature", issuer: authority.pointer)
        try builder.add(NID_ext_key_usage, "serverAuth,clientAuth", issuer: authority.pointer)
        try builder.add(NID_subject_key_identifier, "hash", issuer: authority.pointer)
        try builder.add(NID_authority_key_identifier, "keyid:always", issuer: authority.pointer)
        try builder.add(parsed, isCritical: !hasSubject)
        return try key.pem() + builder.sign(with: PrivateKey.read(pem: keyPEM))
    }

    /// The current time, in seconds since 1970.
    public static func currentTime() -> Int { Glibc.time(nil) }
}
