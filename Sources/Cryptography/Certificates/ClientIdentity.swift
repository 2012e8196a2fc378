import CCrypto

/// What a client shows of itself over TLS: a certificate with its key, and the authority that it asks of the other side.
public struct ClientIdentity: Sendable {
    private let authority: String
    private let certificate: String
    private let key: String

    /// All of them as texts in PEM.
    public init(authority: String, certificate: String, key: String) {
        self.authority = authority
        self.certificate = certificate
        self.key = key
    }

    /// What is wrong with one of the three, as the end of a sentence that begins with its file; nil where nothing is.
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

    /// Which of the three.
    public enum Part: Sendable { case authority, certificate, key }
}
