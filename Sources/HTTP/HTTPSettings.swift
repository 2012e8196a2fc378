/// The settings with which a client reaches servers.
public struct HTTPSettings: Sendable, Hashable {
    /// The unix socket that every request goes to, whatever host the URL names.
    public var unixSocket: String?
    /// The certificates for `https` URLs.
    public var tls: TLSSettings
    /// Whether the proxies of `http_proxy` and similar environment variables are used.
    public var usesProxy: Bool

    /// Creates settings.
    public init(unixSocket: String? = nil, tls: TLSSettings = TLSSettings(), usesProxy: Bool = false) {
        self.unixSocket = unixSocket
        self.tls = tls
        self.usesProxy = usesProxy
    }
}

/// The trusted authorities, and the client's own certificate and key; all are paths of PEM files.
public struct TLSSettings: Sendable, Hashable {
    /// The authorities that sign servers' certificates; nil for the system's.
    public var authorities: String?
    /// The client's certificate; nil for none.
    public var certificate: String?
    /// The private key of the client's certificate.
    public var key: String?
    /// Whether the server's certificate is checked.
    public var verifies: Bool

    /// Creates settings.
    public init(authorities: String? = nil, certificate: String? = nil, key: String? = nil, verifies: Bool = true) {
        self.authorities = authorities
        self.certificate = certificate
        self.key = key
        self.verifies = verifies
    }
}
