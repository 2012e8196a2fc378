import Cryptography
import DockerEngine
import Model
import System

extension RegistryCredentials {
    /// Reads the credentials that `docker login` saved for a registry in `~/.docker/config.json`; nil if there are
    /// none.
    ///
    /// - Throws: `Problems` if the file leaves the login to a credential helper (`credHelpers`, or `credsStore` with the
    ///   registry among `auths`), which Minke does not ask.
    public static func saved(
        for registry: String, file: String = Self.defaultFile
    ) throws -> RegistryCredentials? {
        guard Files.exists(file) else { return nil }
        let value: Value
        do {
            value = try JSON.parse(try withGivenFiles { try Files.readGiven(file) })
        } catch let error as JSONError {
            throw Problems("\(file): \(error)")
        }
        let host = registry.isEmpty ? "https://index.docker.io/v1/" : registry
        let entry = value["auths"]?[host] ?? value["auths"]?["https://\(host)"]
        if let text = entry?["auth"]?.string, let bytes = Base64.decode(text) {
            let parts = String(decoding: bytes, as: UTF8.self).split(separator: ":", maxSplits: 1)
            if parts.count == 2 { return RegistryCredentials(user: String(parts[0]), password: String(parts[1])) }
        }
        let helper = value["credHelpers"]?[host] ?? (entry != nil ? value["credsStore"] : nil)
        if let helper = helper?.string {
            throw Problems(
                "\(file) leaves the login to \(host) to the helper \(helper)",
                remedy: "log in with a configuration file without helpers, and name its folder in DOCKER_CONFIG")
        }
        return nil
    }

    /// The path of Docker's configuration file: `$DOCKER_CONFIG/config.json`, else ~/.docker/config.json.
    public static var defaultFile: String {
        (environmentVariable("DOCKER_CONFIG") ?? "\(environmentVariable("HOME") ?? "")/.docker") + "/config.json"
    }
}
