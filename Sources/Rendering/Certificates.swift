import Model

/// The certificates that an environment's files have, as they are named before any is made.
package struct WantedCertificates: Sendable, Hashable {
    /// Whether a file has the authority's certificate.
    package var includesAuthority = false
    /// The DNS names and addresses of each certificate, in the order of services and members.
    package var names: [[String]] = []

    package init() {}

    /// Whether there is anything to be made.
    package var isEmpty: Bool { !includesAuthority && names.isEmpty }
}

/// The certificates of an environment in PEM, from which files are rendered.
package struct Certificates: Sendable, Hashable {
    /// The authority's certificate; nil where nothing asks for it.
    package var authority: String?
    /// The key and certificate for each list of names.
    package var texts: [[String]: String]

    package init(authority: String? = nil, texts: [[String]: String] = [:]) {
        self.authority = authority
        self.texts = texts
    }

    /// The key and certificate for names.
    func text(for names: [String]) throws -> String {
        guard let text = texts[names] else {
            throw Problems("no certificate was made for \(names.joined(separator: ", "))")
        }
        return text
    }

    /// The certificate of the authority.
    func authorityText() throws -> String {
        guard let authority else { throw Problems("no certificate authority was made") }
        return authority
    }

    /// The certificates with a word in place of each private key.
    func replacingKeys(with word: String) -> Certificates {
        Certificates(
            authority: authority,
            texts: texts.mapValues {
                $0.replacing(#/-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*-----END [A-Z ]*PRIVATE KEY-----/#, with: word)
            })
    }
}
