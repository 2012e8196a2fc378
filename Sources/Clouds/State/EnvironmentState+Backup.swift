import Model
import Storage

extension EnvironmentState {
    /// The entries that a backup keeps: secrets, addresses and the objects that were made in Keystone, whose database
    /// the backup has. All other entries are about this host only.
    package func exported() throws -> Value {
        var kept = ValueMap()
        for folder in Self.kept {
            for entry in try entries(below: folder) { kept[folder[entry.key]] = entry.value }
        }
        return ["format": 1, "environment": .string(environment), "entries": .map(kept)]
    }

    private static let kept = [StateKeys.secrets, StateKeys.addresses, StateKeys.registered]

    /// The entries of a backup by key. Throws `Problems` where the value is no backup, or another environment's.
    package func entries(ofBackup value: Value) throws -> [String: Value] {
        guard value["format"]?.int == 1, let kept = value["entries"]?.map else {
            throw Problems("the archive is no backup that this version reads")
        }
        // The volumes of a backup are named after its environment, and would not be found in another.
        if let other = value["environment"]?.string, other != environment {
            throw Problems(
                "the archive is of the environment \(other), and this one is \(environment)",
                remedy: "name the file of \(other) with -e; nothing was done")
        }
        return Dictionary(
            kept.map { ($0.key, $0.value) }.filter { entry in Self.kept.contains { entry.0.hasPrefix($0.path) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// Replaces all entries except the owner by those of a backup, and notes that the archive is not restored yet, in
    /// one commit.
    package func beginRestoring(_ entries: [String: Value], from archive: String) throws {
        var wanted = entries
        wanted[StateKeys.restoring] = .string(archive)
        let old = try store.range(prefix: prefix).map { String($0.key.dropFirst(prefix.count)) }
            .filter { wanted[$0] == nil && $0 != StateKeys.owner }
        try commit(
            try old.map { .delete(key: prefix + $0) }
                + wanted.sorted { $0.key < $1.key }.map { try putting($0.key, $0.value) })
    }

    /// Notes that everything was restored.
    package func endRestoring() throws { try store.delete(prefix + StateKeys.restoring) }

    /// The archive of a `restore` that did not finish; nil where there is none.
    package func unfinishedRestore() throws -> String? { try get(StateKeys.restoring)?.string }

    /// Throws `Problems` where the environment is restored in part only.
    package func refuseUnfinishedRestore() throws {
        guard let archive = try unfinishedRestore() else { return }
        throw Problems(
            "\(environment) is restored in part only: `minke restore` of \(archive) did not come to its end",
            remedy: "run `minke restore \(archive)` again, which begins anew, or remove its remains with "
                + "`minke down --volumes`")
    }
}
