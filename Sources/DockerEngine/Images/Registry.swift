import HTTP
import Model

/// The credentials for a registry.
public struct RegistryCredentials: Sendable, Hashable {
    /// The user's name.
    public var user: String
    /// The password or token.
    public var password: String

    /// Creates credentials.
    public init(user: String, password: String) {
        self.user = user
        self.password = password
    }

    /// The value of the header `X-Registry-Auth`: JSON in URL-safe Base64.
    func header(for registry: String) -> String {
        let value: Value = [
            "username": .string(user), "password": .string(password), "serveraddress": .string(registry),
        ]
        return base64URL(JSON.bytes(value))
    }
}

extension Engine {
    /// Pulls one tag of an image from its registry.
    public func pullImage(
        _ reference: ImageReference, credentials: RegistryCredentials? = nil,
        onProgress: (@Sendable (ImageProgress) -> Void)? = nil
    ) async throws {
        let query = [("fromImage", reference.repository), ("tag", reference.tag.isEmpty ? "latest" : reference.tag)]
        let request = HTTPRequest(
            "POST", try await url("/images/create", query), headers: authorization(credentials, reference))
        _ = try await progress("pull image \(reference)", request, onProgress)
    }

    /// Pushes one tag of an image to the registry in its name, and returns its digest.
    public func pushImage(
        _ reference: ImageReference, credentials: RegistryCredentials? = nil,
        onProgress: (@Sendable (ImageProgress) -> Void)? = nil
    ) async throws -> String? {
        let path = "\(path(image: reference.repository))/push"
        let request = HTTPRequest(
            "POST", try await url(path, [("tag", reference.tag.isEmpty ? "latest" : reference.tag)]),
            headers: authorization(credentials, reference))
        return try await progress("push image \(reference)", request, onProgress)?.digest
    }

    /// The header with the credentials, or with an empty object, since the engine refuses a push without the header.
    private func authorization(
        _ credentials: RegistryCredentials?, _ reference: ImageReference
    ) -> [(name: String, value: String)] {
        [("X-Registry-Auth", credentials?.header(for: reference.registry) ?? base64URL(Array("{}".utf8)))]
    }
}

/// Base64 for URLs (RFC 4648, section 5), padded.
func base64URL(_ bytes: [UInt8]) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
        let group = bytes[start..<min(start + 3, bytes.count)]
        let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
        for position in 0..<4 {
            text.append(position <= group.count ? digits[bits >> (18 - 6 * position) & 63] : UInt8(ascii: "="))
        }
    }
    return String(decoding: text, as: UTF8.self)
}
