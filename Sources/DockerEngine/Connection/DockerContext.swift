import Cryptography
import HTTP
import Model
import System

/// A context of Docker's own client: a named engine.
struct DockerContext {
    let name: String
    /// The engine's address in the form of `DOCKER_HOST`.
    let host: String
    let tls: TLSSettings?

    /// The context that `DOCKER_CONTEXT` names; nil for the default one.
    ///
    /// - Throws: `Problems` where that context does not exist, or where only `docker context use` chose one that is not
    ///   the default: `docker` and this program would then use different engines.
    static func chosen(_ variable: (String) -> String?) throws -> DockerContext? {
        let folder = variable("DOCKER_CONFIG") ?? (variable("HOME") ?? "") + "/.docker"
        if let name = variable("DOCKER_CONTEXT"), !name.isEmpty {
            return name == "default" ? nil : try DockerContext(named: name, folder: folder)
        }
        guard let name = inUse(folder: folder), let context = try? DockerContext(named: name, folder: folder),
            context.host != "unix://\(EngineAddress.defaultSocket)"
        else { return nil }
        throw Problems(
            "Docker's client uses the context \(name), whose engine is at \(context.host)",
            remedy: "set DOCKER_CONTEXT=\(name) to work there, or DOCKER_HOST=unix://\(EngineAddress.defaultSocket) to "
                + "work with the engine of this host")
    }

    /// The context that `docker context use` chose.
    private static func inUse(folder: String) -> String? {
        guard let bytes = try? Files.readGiven(folder + "/config.json"), let value = try? JSON.parse(bytes) else {
            return nil
        }
        return value["currentContext"]?.string.flatMap { $0.isEmpty || $0 == "default" ? nil : $0 }
    }

    private init(named name: String, folder: String) throws {
        let identifier = SHA256.hex(of: name)
        let file = "\(folder)/contexts/meta/\(identifier)/meta.json"
        guard let bytes = try? Files.readGiven(file), let value = try? JSON.parse(bytes),
            let endpoint = value["Endpoints"]?["docker"], let host = endpoint["Host"]?.string
        else {
            throw Problems(
                "Docker has no context \(name), which DOCKER_CONTEXT names", remedy: "see `docker context ls`")
        }
        self.name = name
        self.host = host
        let keys = "\(folder)/contexts/tls/\(identifier)/docker"
        func key(_ name: String) -> String? { Files.exists("\(keys)/\(name)") ? "\(keys)/\(name)" : nil }
        let verifies = !(endpoint["SkipTLSVerify"]?.bool ?? false)
        tls =
            Files.isDirectory(keys)
            ? TLSSettings(
                authorities: key("ca.pem"), certificate: key("cert.pem"), key: key("key.pem"), verifies: verifies)
            : nil
    }
}
