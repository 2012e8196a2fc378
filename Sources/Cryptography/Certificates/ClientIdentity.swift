import CCrypto

/// A client's identity for mutual TLS: its certificate and key, and the authority that it expects to have signed the
/// server's certificate.
public struct ClientIdentity: Sendable {
    private let authority: String
    private let certificate: String
    private let key: String

    /// Creates an identity of three texts in PEM.
    public init(authority: String, certificate: String, key: String) {
        self.authority = authority
        self.certificate = certificate
        self.key = key
    }

    /// The faulty part and its fault, as the end of a sentence that begins with the part's file; nil where there is
    /// none.
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

    /// A part of an identity.
    public enum Part: Sendable { case authority, certificate, key }
}
