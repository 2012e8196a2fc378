import System

extension SQLiteStore {
    static func lockFolder(for path: String) -> String { path + "-locks" }

    /// Takes a lock of the kernel (flock) on a file in `<path>-locks`, which also tells others the holder.
    public func lock(_ name: String, owner: String) async throws -> StoreLock {
        let folder = Self.lockFolder(for: path)
        let file = try await offload {
            try Files.makeDirectory(folder, mode: 0o700)
            let path = folder + "/" + FileLock.fileName(for: name)
            guard let file = try FileLock(path) else {
                throw StoreError.lockHeld(name: name, holder: (try? Files.read(path)).flatMap { LockHolder($0) })
            }
            // The holder is written to the file, not to the database, so that a run without changes need not wait for
            // the disk.
            file.write(LockHolder(owner: owner).bytes)
            return file
        }
        return StoreLock(name: name, hold: file)
    }
}

extension FileLock: LockHold {
    func isKept() async -> Bool { (try? await offload { self.isInPlace }) ?? false }

    func end() async { try? await offload { self.release() } }
}
