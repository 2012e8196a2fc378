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
        if let text = entry?["auth"]?.string, let bytes = decodedBase64(text) {
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

/// The bytes of a text in base64 (RFC 4648), with either alphabet; nil for any other text.
func decodedBase64(_ text: String) -> [UInt8]? {
    var bits = 0
    var count = 0
    var bytes: [UInt8] = []
    for character in text.utf8 {
        let digit: UInt8
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit = character - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): digit = character - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = character - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"), UInt8(ascii: "-"): digit = 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): digit = 63
        case UInt8(ascii: "="), 0x0A, 0x0D: continue
        default: return nil
        }
        bits = (bits << 6 | Int(digit)) & 0xFFFFFF
        count += 6
        if count >= 8 {
            count -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> count))
        }
    }
    return bytes
}
