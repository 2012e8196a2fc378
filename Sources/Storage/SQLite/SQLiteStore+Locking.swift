import System

extension SQLiteStore {
    static func lockFolder(for path: String) -> String { path + "-locks" }

    public func lock(_ name: String, owner: String) throws -> StoreLock {
        let folder = Self.lockFolder(for: path)
        try Files.makeDirectory(folder, mode: 0o700)
        let key = StoreLock.keyPrefix + name
        guard let file = try FileLock(folder + "/" + FileLock.fileName(for: name)) else {
            throw StoreError.lockHeld(name: name, holder: try get(key).flatMap { LockHolder($0.value) })
        }
        // A killed process has left its own entry; whoever has the file's lock may write over it.
        try put(key, LockHolder(owner: owner).bytes)
        return StoreLock(name: name) {
            // The file's lock is what counts: an entry that cannot be deleted now is written over by the next holder.
            withExtendedLifetime(file) { _ = try? self.delete(key) }
        }
    }
}
