import CCrypto

/// The identity of a client over TLS: its certificate with the key, and the authority that it expects of the server.
public struct ClientIdentity: Sendable {
    private let authority: String
    private let certificate: String
    private let key: String

    /// Takes the three as texts in PEM.
    public init(authority: String, certificate: String, key: String) {
        self.authority = authority
        self.certificate = certificate
        self.key = key
    }

    /// The fault of one of the three, as the end of a sentence that begins with its file; nil where there is none.
    public func complaint(at now: Int = CertificateAuthority.currentTime()) -> (part: Part, text: String)? {
        guard (try? Certificate(pem: authority)) != nil else { return (.authority, "holds no certificate in PEM") }
        guard let own = try? Certificate(pem: certificate) else {
            return (.certificate, "holds no certificate in PEM")
        }
        if own.notAfter < now { return (.certificate, "holds a certificate that has ended") }
        guard let key = try? PrivateKey.read(pem: key) else {
            return (.key, "holds no private key in PEM that can be read without a password")
        }
        defer { ERR_clear_error() }
        return X509_check_private_key(own.pointer, key.pointer) == 1 ? nil : (.key, "is not the certificate's key")
    }

    /// One of the three parts.
    public enum Part: Sendable { case authority, certificate, key }
}
