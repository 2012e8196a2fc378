/// The settings by which a client reaches servers.
public struct HTTPSettings: Sendable, Hashable {
    /// The unix socket that every request goes to, whatever host the URL names.
    public var unixSocket: String?
    public var tls: TLSSettings
    /// Whether the environment's `http_proxy` and similar variables are used.
    public var usesProxy: Bool

    public init(unixSocket: String? = nil, tls: TLSSettings = TLSSettings(), usesProxy: Bool = false) {
        self.unixSocket = unixSocket
        self.tls = tls
        self.usesProxy = usesProxy
    }
}

/// The authorities to trust, and the client's own certificate and key; all are paths of PEM files.
public struct TLSSettings: Sendable, Hashable {
    /// The authorities that sign servers' certificates; nil for the system's.
    public var authorities: String?
    public var certificate: String?
    public var key: String?
    /// Whether the server's certificate is checked.
    public var verifies: Bool

    public init(authorities: String? = nil, certificate: String? = nil, key: String? = nil, verifies: Bool = true) {
        self.authorities = authorities
        self.certificate = certificate
        self.key = key
        self.verifies = verifies
    }
}
