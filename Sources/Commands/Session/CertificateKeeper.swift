import Cryptography
import Model
import Resolving
import System

/// Keeps an environment's authority and what it signed; makes them at the first request.
struct CertificateKeeper: Sendable {
    static let keyPrefix = "tls/"
    /// A certificate with less than this left is made anew.
    static let renewal = Duration.seconds(30 * 86400)

    private let state: EnvironmentState
    private let authority: CertificateAuthority
    private let known: Locked<[String: String]>

    init(state: EnvironmentState, environment: String, secrets: [String: String]) throws {
        self.state = state
        known = Locked(secrets)
        let key = Self.keyPrefix + "authority"
        if let kept = secrets[key] {
            authority = try CertificateAuthority(pem: kept)
        } else {
            authority = try CertificateAuthority.make(commonName: "Minke \(environment)")
            try state.put(secret: authority.pem, key: key)
        }
    }

    /// The authority's certificate alone.
    var authorityCertificate: String { authority.certificatePEM }

    var certificates: Resolver.Certificates {
        Resolver.Certificates(authority: authority.certificatePEM) { names in
            let key = Self.keyPrefix + names.joined(separator: ",")
            // A second request of the same run gets the same certificate: plans are made of one and apply another.
            return try known.withLock { known in
                if let kept = known[key], try !Certificate(pem: kept).expires(within: Self.renewal) { return kept }
                let made = try authority.issue(names: names)
                try state.put(secret: made, key: key)
                known[key] = made
                return made
            }
        }
    }
}
