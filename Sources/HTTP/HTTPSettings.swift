/// How a client reaches servers.
public struct HTTPSettings: Sendable, Hashable {
    /// The unix socket that every request goes to, whatever host the URL names.
    public var unixSocket: String?
    public var tls: TLSSettings
    /// Whether the environment's `http_proxy` and the like count.
    public var usesProxy: Bool

    public init(unixSocket: String? = nil, tls: TLSSettings = TLSSettings(), usesProxy: Bool = false) {
        self.unixSocket = unixSocket
        self.tls = tls
        self.usesProxy = usesProxy
    }
}

/// Whom to trust, and how to show who asks; all are paths of PEM files.
public struct TLSSettings: Sendable, Hashable {
    /// The authorities that servers are checked against; without it, the system's.
    public var authorities: String?
    public var certificate: String?
    public var key: String?
    /// Whether the server's certificate is checked at all.
    public var verifies: Bool

    public init(authorities: String? = nil, certificate: String? = nil, key: String? = nil, verifies: Bool = true) {
        self.authorities = authorities
        self.certificate = certificate
        self.key = key
        self.verifies = verifies
    }
}
