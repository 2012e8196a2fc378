import Applying

/// Backups of a cloud: its data, secrets and remembered state, in one archive.
extension Cloud {
    /// Writes a backup, while the cloud runs, to a file that its owner only can read.
    ///
    /// - Parameter file: the archive's file; an existing one is replaced when the new one is complete.
    /// - Throws: `Problems` where a member has no container, a dump fails or the file cannot be written.
    public func backUp(to file: String, progress: any WorkProgress = NoProgress()) async throws {
        try await session().backUp(to: BackupTarget(file), for: "back up", progress: progress)
    }

    /// Brings the cloud up from a backup, on hosts that have nothing of it but the remains of an interrupted restore.
    ///
    /// - Returns: the names of the volumes that the archive had.
    /// - Throws: `Problems` where the file is no backup of this environment or something of the cloud is here, and then
    ///   nothing is done; `ApplyFailure` where steps have failed.
    @discardableResult
    public func restore(from archive: String, reporter: any Reporter) async throws -> [String] {
        try await session(restoredInPart: true).restore(from: archive, for: "restore") { _, work in
            try await work(reporter)
        }
    }
}
