import Cryptography
import Rendering

/// The certificates of an environment as they are kept, with those made that are missing or end soon.
///
/// Each is made once: what is new has to be kept at once. The replacement of one that ends soon is kept only when a plan
/// is carried out, since a look changes nothing.
package struct MadeCertificates: Sendable {
    /// A new certificate that takes the place of a kept one.
    package struct Renewal: Sendable, Hashable {
        package let new: String
        package let old: String
    }

    /// The days before its end from which a certificate is made anew.
    package static let renewalDays = 30

    /// The certificates from which files are rendered.
    package private(set) var all = Certificates()
    /// The secrets, by name, that nothing is kept for yet.
    package private(set) var new: [String: String] = [:]
    /// The secrets, by name, that are to take the place of kept ones.
    package private(set) var renewed: [String: Renewal] = [:]
    /// The time at which the first of the certificates has to be made anew, in seconds since 1970.
    package private(set) var validUntil = Int.max

    /// Takes the kept certificates that are wanted, and makes the others.
    ///
    /// - Parameter kept: the environment's secrets by name.
    /// - Throws: `CryptographyError` for a kept text that cannot be read and for names that no certificate can have.
    package init(_ wanted: WantedCertificates, kept: [String: String], environment: String) throws {
        if wanted.isEmpty { return }
        var authority = KeptAuthority(environment: environment, kept: kept[StateKeys.authority])
        for names in wanted.names {
            let name = StateKeys.certificate(for: names)
            let text: String
            if let old = kept[name] {
                let certificate = try Certificate(pem: old)
                if certificate.expires(within: .seconds(Self.renewalDays * 86400)) {
                    text = try authority.get().issue(names: names)
                    renewed[name] = Renewal(new: text, old: old)
                    noteRenewal(of: try Certificate(pem: text))
                } else {
                    text = old
                    noteRenewal(of: certificate)
                }
            } else {
                text = try authority.get().issue(names: names)
                new[name] = text
                noteRenewal(of: try Certificate(pem: text))
            }
            all.texts[names] = text
        }
        all.authority = try authority.certificate()
        if let made = authority.made { new[StateKeys.authority] = made }
    }

    /// All new secrets by name, whether they are to be kept at once or later.
    package var secrets: [String: String] { new.merging(renewed.mapValues(\.new)) { $1 } }

    /// The old certificates by the new ones that replace them.
    package var replaced: [String: String] {
        Dictionary(renewed.values.map { ($0.new, $0.old) }, uniquingKeysWith: { first, _ in first })
    }

    private mutating func noteRenewal(of certificate: Certificate) {
        validUntil = min(validUntil, certificate.notAfter - Self.renewalDays * 86400)
    }
}

/// An authority that is read or made only when something is signed: most commands sign nothing, and reading a key takes
/// time.
private struct KeptAuthority {
    let environment: String
    let kept: String?
    /// The key and certificate of an authority that was made; nil where one is kept.
    private(set) var made: String?
    private var authority: CertificateAuthority?

    init(environment: String, kept: String?) {
        self.environment = environment
        self.kept = kept
    }

    /// The certificate alone, as it stands in the kept text.
    mutating func certificate() throws -> String {
        if let kept, let start = kept.firstRange(of: "-----BEGIN CERTIFICATE-----"),
            let end = kept.firstRange(of: "-----END CERTIFICATE-----\n"), start.lowerBound < end.lowerBound
        {
            return String(kept[start.lowerBound..<end.upperBound])
        }
        return try get().certificatePEM
    }

    mutating func get() throws -> CertificateAuthority {
        if let authority { return authority }
        let found: CertificateAuthority
        if let kept {
            found = try CertificateAuthority(pem: kept)
        } else {
            found = try CertificateAuthority.make(commonName: "Minke \(environment)")
            made = found.pem
        }
        authority = found
        return found
    }
}
