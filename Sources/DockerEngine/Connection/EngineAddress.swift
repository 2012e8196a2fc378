import HTTP
import Model
import System

/// The address at which an engine listens, in the form of `DOCKER_HOST`.
public struct EngineAddress: Sendable, Hashable, CustomStringConvertible {
    /// The base of every request's URL.
    let base: String
    let settings: HTTPSettings
    /// The address as it was given, such as `unix:///var/run/docker.sock`.
    public let description: String

    /// Whether the address is a socket of this host.
    public var isLocal: Bool { settings.unixSocket != nil }

    /// The path of the engine's socket on its own host; the default one for an engine that is reached over the network.
    public var socket: String { settings.unixSocket ?? Self.defaultSocket }

    /// The path of the socket at which Docker listens by default.
    public static let defaultSocket = "/var/run/docker.sock"

    /// Parses `unix:///path`, `tcp://host:port`, `http://host:port` or `https://host:port`.
    ///
    /// - Parameter tls: the TLS settings; with them, `tcp://` means TLS.
    /// - Throws: `Problems` for any other text.
    public init(_ text: String, tls: TLSSettings? = nil) throws {
        description = text
        let parts = text.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[1].isEmpty, !parts[2].isEmpty else {
            throw Problems(
                "the Docker host '\(text)' is no address", remedy: "write unix:///path/to/socket or tcp://host:port")
        }
        let rest = String(parts[2])
        switch parts[0] {
        case "unix:":
            base = "http://docker"
            settings = HTTPSettings(unixSocket: rest)
        case "tcp:", "http:", "https:":
            let isSecure = parts[0] == "https:" || (parts[0] == "tcp:" && tls != nil)
            base = (isSecure ? "https://" : "http://") + rest.trimmingSlashes()
            settings = HTTPSettings(tls: tls ?? TLSSettings())
        default:
            throw Problems(
                "the Docker host '\(text)' has a scheme that is not known",
                remedy: "write unix:// or tcp://; for ssh://, forward the engine's socket: `ssh -NL /tmp/docker.sock:"
                    + "\(Self.defaultSocket) HOST`")
        }
    }

    /// The address that `DOCKER_HOST`, `DOCKER_TLS_VERIFY` and `DOCKER_CERT_PATH` state, or `DOCKER_CONTEXT`, else the
    /// default socket.
    ///
    /// - Throws: `Problems` for a wrong address or context, and where Docker's own client would use another engine.
    public static func fromEnvironment(
        _ variable: (String) -> String? = { environmentVariable($0) }
    ) throws -> EngineAddress {
        guard let host = variable("DOCKER_HOST") else {
            if let context = try DockerContext.chosen(variable) {
                return try EngineAddress(context.host, tls: context.tls)
            }
            return try EngineAddress("unix://\(defaultSocket)")
        }
        let verifies = variable("DOCKER_TLS_VERIFY") != nil
        var tls: TLSSettings?
        if verifies || variable("DOCKER_TLS") != nil {
            let folder = variable("DOCKER_CERT_PATH") ?? (variable("HOME") ?? "") + "/.docker"
            func file(_ name: String) -> String? { Files.exists("\(folder)/\(name)") ? "\(folder)/\(name)" : nil }
            tls = TLSSettings(
                authorities: file("ca.pem"), certificate: file("cert.pem"), key: file("key.pem"), verifies: verifies)
        }
        return try EngineAddress(host, tls: tls)
    }
}

extension String {
    fileprivate func trimmingSlashes() -> String {
        var text = self[...]
        while text.hasSuffix("/") { text = text.dropLast() }
        return String(text)
    }
}
