import Cryptography
import Model
import Resolving
import Synchronization
import System

/// Keeps an environment's authority and what it signed; makes them at the first request.
struct CertificateKeeper: Sendable {
    static let keyPrefix = "tls/"
    /// A certificate with less than this left is made anew.
    static let renewal = Duration.seconds(30 * 86400)

    private let state: EnvironmentState
    private let authority: KeptAuthority
    private let known: Locked<[String: String]>
    private let renewals = Locked(Int.max)

    /// When the first of the certificates that were asked for has to be made anew, in seconds since 1970.
    var validUntil: Int { renewals.value }

    init(state: EnvironmentState, environment: String, secrets: [String: String]) {
        self.state = state
        known = Locked(secrets)
        authority = KeptAuthority(state: state, environment: environment, kept: secrets[KeptAuthority.key])
    }

    var certificates: Resolver.Certificates {
        Resolver.Certificates(authority: authority.certificate) { [known, authority, state, renewals] names in
            let key = Self.keyPrefix + names.joined(separator: ",")
            // A second request of the same run gets the same certificate: plans are made of one and apply another.
            return try known.withLock { known in
                func noteRenewal(of certificate: Certificate) {
                    let renewal = certificate.notAfter - Int(Self.renewal.components.seconds)
                    renewals.withLock { $0 = min($0, renewal) }
                }
                if let kept = known[key] {
                    let certificate = try Certificate(pem: kept)
                    if !certificate.expires(within: Self.renewal) {
                        noteRenewal(of: certificate)
                        return kept
                    }
                }
                let made = try authority.get().issue(names: names)
                try state.put(secret: made, key: key)
                known[key] = made
                noteRenewal(of: try Certificate(pem: made))
                return made
            }
        }
    }
}

/// The authority, read or made when something is signed: most commands sign nothing, and reading a key takes its time.
private final class KeptAuthority: Sendable {
    static let key = CertificateKeeper.keyPrefix + "authority"

    private let state: EnvironmentState
    private let environment: String
    private let kept: String?
    private let authority = Mutex<CertificateAuthority?>(nil)

    init(state: EnvironmentState, environment: String, kept: String?) {
        self.state = state
        self.environment = environment
        self.kept = kept
    }

    /// The certificate alone, as it stands in what is kept.
    @Sendable func certificate() throws -> String {
        if let kept, let start = kept.firstRange(of: "-----BEGIN CERTIFICATE-----"),
            let end = kept.firstRange(of: "-----END CERTIFICATE-----\n"), start.lowerBound < end.lowerBound
        {
            return String(kept[start.lowerBound..<end.upperBound])
        }
        return try get().certificatePEM
    }

    func get() throws -> CertificateAuthority {
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
