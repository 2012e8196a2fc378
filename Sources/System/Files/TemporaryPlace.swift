import Glibc

/// The error if no folder for temporary files meets the needs.
public struct NoTemporaryPlace: Error, CustomStringConvertible {
    /// The shortcomings, one for each folder that was tried.
    public let complaints: [String]

    /// The shortcomings of all folders, with the remedy.
    public var description: String {
        "no folder for temporary files will do: \(complaints.joined(separator: "; ")); "
            + "name another one in the variable TMPDIR"
    }
}

/// The requirements on the folder for temporary files.
public struct TemporaryNeeds: Sendable {
    /// The free space needed, in bytes.
    public var bytes: Int
    /// Whether programs are run from the folder, so that it must not be mounted noexec.
    public var runsPrograms: Bool

    /// Creates requirements; by default there are none.
    public init(bytes: Int = 0, runsPrograms: Bool = false) {
        self.bytes = bytes
        self.runsPrograms = runsPrograms
    }

    /// The first of several folders that meets the requirements.
    ///
    /// - Parameter look: reads the properties of a folder's file system.
    /// - Throws: `NoTemporaryPlace` if none does.
    public func place(among folders: [String], _ look: (String) throws -> FileSystem) throws -> String {
        var complaints: [String] = []
        for folder in folders {
            do {
                guard let complaint = complaint(on: try look(folder)) else { return folder }
                complaints.append("\(folder) \(complaint)")
            } catch {
                complaints.append("\(error)")
            }
        }
        throw NoTemporaryPlace(complaints: complaints)
    }

    private func complaint(on system: FileSystem) -> String? {
        if runsPrograms, !system.runsPrograms { return "is mounted noexec" }
        if system.free < bytes { return "has \(system.free >> 20) MiB left of the \(bytes >> 20) MiB needed" }
        return nil
    }
}

/// The properties of a mounted file system.
public struct FileSystem: Sendable {
    /// The number of bytes that users other than root can still write.
    public let free: Int
    /// Whether programs on it can be run: it is not mounted noexec.
    public let runsPrograms: Bool

    /// The flag ST_NOEXEC of statvfs(3), which glibc declares only with _GNU_SOURCE.
    private static let noExecution: UInt = 8

    /// Describes a file system.
    public init(free: Int, runsPrograms: Bool = true) {
        self.free = free
        self.runsPrograms = runsPrograms
    }

    /// Reads the properties of the file system of a path.
    public init(at path: String) throws {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { throw SystemError("look at the file system of \(path)") }
        // Some network file systems have no limit and report the largest number.
        let (bytes, overflow) = UInt(status.f_bavail).multipliedReportingOverflow(by: UInt(status.f_frsize))
        free = overflow ? Int.max : Int(clamping: bytes)
        runsPrograms = status.f_flag & Self.noExecution == 0
    }
}
