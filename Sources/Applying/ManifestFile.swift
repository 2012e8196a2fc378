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
public enum ManifestFile {
    public static let path = ".manifest.json"

    static func file(_ manifest: Manifest, member: DesiredMember, contents: any Contents) -> ContainerFile {
        var value = manifest.value.map ?? ValueMap()
        let secrets = contents.secrets(ofService: member.service)
        value["secrets"] = .map(ValueMap(secrets.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
        value["addresses"] = .list(member.specification.addresses.map { .string($0.description) })
        return ContainerFile(path: path, text: JSON.text(.map(value)), mode: 0o600, owner: 0)
    }
}
