import Cryptography
import Model
import Rendering
import Synchronization
import System

/// A keeper of an environment's authority and the certificates that it signed, which are made at the first request.
///
/// The replacement of a certificate that ends soon is kept only when a plan is carried out: a look changes nothing.
package struct CertificateKeeper: Sendable {
    package static let keyPrefix = "tls/"
    /// The time before its end from which a certificate is made anew.
    package static let renewal = Duration.seconds(30 * 86400)

    fileprivate struct Known {
        package var texts: [String: String]
        /// New certificates that are not kept yet, by key, with the ones that they replace.
        package var renewed: [String: (new: String, old: String)] = [:]
        package var isKeeping = false
        package var nextRenewal = Int.max
    }

    private let state: EnvironmentState
    private let authority: KeptAuthority
    private let known: Locked<Known>

    /// The time at which the first of the requested certificates has to be made anew, in seconds since 1970.
    package var validUntil: Int { known.withLock { $0.nextRenewal } }

    /// New certificates that are not kept yet, by key.
    package var unkept: [String: String] { known.withLock { $0.renewed.mapValues(\.new) } }

    /// The old certificates by the new ones that replace them and are not kept yet.
    package var replaced: [String: String] {
        known.withLock { known in
            Dictionary(known.renewed.values.map { ($0.new, $0.old) }, uniquingKeysWith: { first, _ in first })
        }
    }

    package init(state: EnvironmentState, environment: String, secrets: [String: String]) {
        self.state = state
        known = Locked(Known(texts: secrets))
        authority = KeptAuthority(state: state, environment: environment, kept: secrets[KeptAuthority.key])
    }

    /// Keeps the new certificates, and from now on each one when it is made.
    package func keep() throws {
        try known.withLock { known in
            try state.put(secrets: known.renewed.mapValues(\.new))
            known.renewed = [:]
            known.isKeeping = true
        }
    }

    package var certificates: Resolver.Certificates {
        Resolver.Certificates(authority: authority.certificate) { [known, authority, state] names in
            let key = Self.keyPrefix + names.joined(separator: ",")
            // A second request of the same run gets the same certificate: otherwise the plan would be made from one
            // certificate and apply another.
            return try known.withLock { known in
                let kept = known.texts[key]
                if let kept {
                    let certificate = try Certificate(pem: kept)
                    if !certificate.expires(within: Self.renewal) {
                        known.noteRenewal(of: certificate)
                        return kept
                    }
                }
                let made = try authority.get().issue(names: names)
                if let kept, !known.isKeeping {
                    known.renewed[key] = (made, kept)
                } else {
                    try state.put(secret: made, key: key)
                }
                known.texts[key] = made
                known.noteRenewal(of: try Certificate(pem: made))
                return made
            }
        }
    }
}

extension CertificateKeeper.Known {
    fileprivate mutating func noteRenewal(of certificate: Certificate) {
        let renewal = certificate.notAfter - Int(CertificateKeeper.renewal.components.seconds)
        nextRenewal = min(nextRenewal, renewal)
    }
}

/// The authority, read or made only when something is signed: most commands sign nothing, and reading a key takes time.
private final class KeptAuthority: Sendable {
    package static let key = CertificateKeeper.keyPrefix + "authority"

    private let state: EnvironmentState
    private let environment: String
    private let kept: String?
    private let authority = Mutex<CertificateAuthority?>(nil)

    package init(state: EnvironmentState, environment: String, kept: String?) {
        self.state = state
        self.environment = environment
        self.kept = kept
    }

    /// The certificate alone, as it stands in the kept text.
    @Sendable package func certificate() throws -> String {
        if let kept, let start = kept.firstRange(of: "-----BEGIN CERTIFICATE-----"),
            let end = kept.firstRange(of: "-----END CERTIFICATE-----\n"), start.lowerBound < end.lowerBound
        {
            return String(kept[start.lowerBound..<end.upperBound])
        }
        return try get().certificatePEM
    }

    package func get() throws -> CertificateAuthority {
        try authority.withLock { authority in
            if let authority { return authority }
            let found: CertificateAuthority
            if let kept {
                found = try CertificateAuthority(pem: kept)
            } else {
                found = try CertificateAuthority.make(commonName: "Minke \(environment)")
                try state.put(secret: found.pem, key: Self.key)
            }
            authority = found
            return found
        }
    }
}
