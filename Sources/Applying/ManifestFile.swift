import Cryptography
import Model

extension Manifest {
    init(files: [RenderedFile], digests: [FileDigest], parts: ValueMap) {
        var entries: [String: [String: String]] = [:]
        for file in files where !file.entries.isEmpty { entries[file.path] = file.manifestEntries }
        self.init(
            files: Dictionary(digests.map { ($0.path, $0.digest) }, uniquingKeysWith: { first, _ in first }),
            entries: entries, parts: parts)
    }

    /// A name for this set of files.
    var revision: String {
        String(SHA256.hex(of: files.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)\n" }.joined()).prefix(16))
    }
}

/// The manifest inside a container, which lists its files and from which a lost store is rebuilt.
public struct ManifestFile: Sendable, Hashable {
    /// The file's path below `/etc/minke`.
    public static let path = ".manifest.json"

    /// The manifest; nil where an earlier program wrote one of another form.
    public var manifest: Manifest?
    /// The secrets of the member and its service, by key.
    public var secrets: [String: String]
    /// The member's addresses by slot.
    public var addresses: [IPv4Address]

    static func file(_ manifest: Manifest, member: DesiredMember, contents: any Contents) throws -> ContainerFile {
        let content = ManifestFile(
            manifest: manifest, secrets: contents.secrets(of: member),
            addresses: member.specification.addresses)
        return ContainerFile(path: path, text: JSON.text(try Value(encoding: content)), mode: 0o600, owner: 0)
    }
}

extension ManifestFile: Codable {
    private enum CodingKeys: String, CodingKey { case secrets, addresses }

    /// Reads the keys of the manifest beside the file's own.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        manifest = try? Manifest(from: decoder)
        secrets = try container.decodeIfPresent([String: String].self, forKey: .secrets) ?? [:]
        addresses = try container.decodeIfPresent([IPv4Address].self, forKey: .addresses) ?? []
    }

    /// Writes the keys of the manifest beside the file's own.
    public func encode(to encoder: any Encoder) throws {
        try manifest?.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(secrets, forKey: .secrets)
        try container.encode(addresses, forKey: .addresses)
    }
}
