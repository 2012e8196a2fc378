import Glibc

/// The error of a machine where no folder for temporary files has what is needed of it.
public struct NoTemporaryPlace: Error, CustomStringConvertible {
    /// Each folder that was tried, with what it lacks.
    public let complaints: [String]

    public var description: String {
        "no folder for temporary files will do: \(complaints.joined(separator: "; ")); "
            + "name another one in the variable TMPDIR"
    }
}

/// The needs of temporary files, beside a folder that can be written.
public struct TemporaryNeeds: Sendable {
    /// The number of bytes that they take.
    public var bytes: Int
    /// Whether programs among them are run.
    public var runsPrograms: Bool

    public init(bytes: Int = 0, runsPrograms: Bool = false) {
        self.bytes = bytes
        self.runsPrograms = runsPrograms
    }

    /// The first of several folders that has all of it. Throws `NoTemporaryPlace`.
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
    /// Whether programs in it can be run: it is not mounted noexec.
    public let runsPrograms: Bool

    /// ST_NOEXEC of statvfs(3), which the C library shows to GNU's programs only.
    private static let noExecution: UInt = 8

    public init(free: Int, runsPrograms: Bool = true) {
        self.free = free
        self.runsPrograms = runsPrograms
    }

    /// Looks at the file system of a path.
    public init(at path: String) throws {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { throw SystemError("look at the file system of \(path)") }
        // Some network file systems have no limit, and report the largest number.
        let (bytes, overflow) = UInt(status.f_bavail).multipliedReportingOverflow(by: UInt(status.f_frsize))
        free = overflow ? Int.max : Int(clamping: bytes)
        runsPrograms = status.f_flag & Self.noExecution == 0
    }
}
