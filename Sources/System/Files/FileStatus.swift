import Glibc

/// The attributes of a file.
public struct FileStatus: Sendable, Hashable {
    /// The type of a file.
    public enum Kind: Sendable {
        case file, directory, link, other

        var number: UInt8 {
            switch self {
            case .file: 0
            case .directory: 1
            case .link: 2
            case .other: 3
            }
        }
    }

    /// The type of the file.
    public let kind: Kind
    /// The permission bits, with set-user-ID, set-group-ID and sticky.
    public let mode: UInt32
    /// The size in bytes.
    public let size: Int
    /// The numeric user ID of the owner.
    public let user: UInt32
    /// The numeric group ID of the owner.
    public let group: UInt32
    /// The modification time, in seconds since 1970, with fractions.
    public let modified: Double
}

extension Files {
    /// Reads the attributes of a path. A symbolic link's own attributes are read unless `followingLinks` is set.
    public static func status(of path: String, followingLinks: Bool = false) throws -> FileStatus {
        try FileJournal.noting(followingLinks ? .kind : .linkKind, path, FileJournal.answer) {
            try readStatus(of: path, followingLinks: followingLinks)
        }
    }

    private static func readStatus(of path: String, followingLinks: Bool) throws -> FileStatus {
        var status = stat()
        let result = followingLinks ? stat(path, &status) : lstat(path, &status)
        guard result == 0 else { throw SystemError("look at \(path)") }
        let kind: FileStatus.Kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .directory
            case S_IFLNK: .link
            default: .other
            }
        return FileStatus(
            kind: kind, mode: status.st_mode & 0o7777, size: Int(status.st_size), user: status.st_uid,
            group: status.st_gid,
            modified: Double(status.st_mtim.tv_sec) + Double(status.st_mtim.tv_nsec) / 1e9)
    }

    /// Whether something exists at the path; symbolic links are followed.
    public static func exists(_ path: String) -> Bool {
        FileJournal.noting(.existence, path, FileJournal.answer) { access(path, F_OK) == 0 }
    }

    /// Whether the path is a folder; symbolic links are followed.
    public static func isDirectory(_ path: String) -> Bool {
        (try? status(of: path, followingLinks: true).kind) == .directory
    }

    /// The target of a symbolic link, as the link has it.
    public static func target(ofLink path: String) throws -> String {
        try FileJournal.noting(.link, path, FileJournal.answer) { try readLink(path) }
    }

    private static func readLink(_ path: String) throws -> String {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink(path, &buffer, buffer.count)
        guard count >= 0 else { throw SystemError("read the link \(path)") }
        return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The absolute path of an existing file, without symbolic links, `.` and `..`.
    public static func realPath(_ path: String) throws -> String {
        try FileJournal.noting(.realPath, path, FileJournal.answer) {
            guard let resolved = realpath(path, nil) else { throw SystemError("find \(path)") }
            defer { free(resolved) }
            return String(cString: resolved)
        }
    }
}
