import Model
import System

/// The HTTP proxies of this program's environment, for builds.
struct BuildProxies {
    /// The proxies by the names of the build arguments: `http_proxy`, `https_proxy`, `no_proxy`.
    let arguments: [String: String]

    /// Reads each variable in lower case, or else in upper case.
    ///
    /// - Parameter usesHost: whether builds have the host's own network.
    /// - Throws: `Problems` for a proxy that builds cannot reach.
    init(usesHost: Bool = false, _ variable: (String) -> String? = { environmentVariable($0) }) throws {
        var arguments: [String: String] = [:]
        for name in ["http_proxy", "https_proxy", "no_proxy"] {
            let names = [name, name.uppercased()]
            guard let found = names.first(where: { !(variable($0) ?? "").isEmpty }), let value = variable(found) else {
                continue
            }
            if name != "no_proxy", !usesHost, Self.isLoopback(value) {
                throw Problems(
                    "\(found) is \(value), a loopback address, which containers that build images cannot reach",
                    remedy: "name an address of this host that they reach, as that of the engine's bridge, and have "
                        + "the proxy listen there, or unset \(found)")
            }
            arguments[name] = value
        }
        self.arguments = arguments
    }

    /// Whether a proxy, given by its URL or by `HOST:PORT`, is at a loopback address.
    private static func isLoopback(_ text: String) -> Bool {
        var host = text[...]
        if let scheme = host.firstRange(of: "://") { host = host[scheme.upperBound...] }
        host = host.prefix { $0 != "/" }
        if let at = host.lastIndex(of: "@") { host = host[host.index(after: at)...] }
        if host.hasPrefix("[::1]") { return true }
        host = host.prefix { $0 != ":" }
        return host == "localhost" || IPv4Address(text: host).map { $0.bits >> 24 == 127 } ?? false
    }
}
