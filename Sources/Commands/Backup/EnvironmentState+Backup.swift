import Model
import Storage

extension EnvironmentState {
    /// What a backup keeps: secrets, addresses, and what was made in Keystone, whose database it has. What was done and
    /// what containers have is of this host only.
    func exported() throws -> Value {
        var kept = ValueMap()
        for folder in Self.kept {
            for entry in try entries(below: folder) { kept[folder + entry.key] = entry.value }
        }
        return ["format": 1, "environment": .string(environment), "entries": .map(kept)]
    }

    private static let kept = ["secrets/", "addresses/", "registered/"]
    private static let restoring = "restoring"
    /// Whose folder it is stays so, whatever is put back.
    private static let owner = "owner"

    /// What a backup kept, by key. Throws `Problems` where the value is none, or is another environment's.
    func entries(ofBackup value: Value) throws -> [String: Value] {
        guard value["format"]?.int == 1, let kept = value["entries"]?.map else {
            throw Problems("the archive is no backup that this version reads")
        }
        // Its volumes have that name in theirs, and would not be found.
        if let other = value["environment"]?.string, other != environment {
            throw Problems(
                "the archive is of the environment \(other), and this one is \(environment)",
                remedy: "name the file of \(other) with -e; nothing was done")
        }
        return Dictionary(
            kept.map { ($0.key, $0.value) }.filter { entry in Self.kept.contains { entry.0.hasPrefix($0) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// Puts back what a backup kept in place of all that is remembered, and writes down that the archive is not
    /// restored yet, all at once.
    func beginRestoring(_ entries: [String: Value], from archive: String) throws {
        var wanted = entries
        wanted[Self.restoring] = .string(archive)
        let old = try store.range(prefix: prefix).map { String($0.key.dropFirst(prefix.count)) }
            .filter { wanted[$0] == nil && $0 != Self.owner }
        try commit(
            old.map { .delete(key: prefix + $0) }
                + wanted.sorted { $0.key < $1.key }.map { putting($0.key, $0.value) })
    }

    /// Writes down that everything was restored.
    func endRestoring() throws { try store.delete(prefix + Self.restoring) }

    /// The archive that `restore` began with and did not come to the end of.
    func unfinishedRestore() throws -> String? { try get(Self.restoring)?.string }

    /// Throws `Problems` where the environment is restored in part only.
    func refuseUnfinishedRestore() throws {
        guard let archive = try unfinishedRestore() else { return }
        throw Problems(
            "\(environment) is restored in part only: `minke restore` of \(archive) did not come to its end",
            remedy: "run `minke restore \(archive)` again, which begins anew, or remove what it has brought with "
                + "`minke down --volumes`")
    }
}
