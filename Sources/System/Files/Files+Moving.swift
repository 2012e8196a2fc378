import Glibc

extension Files {
    /// Renames a file within its file system; a file with the new path is replaced.
    public static func move(_ path: String, to target: String) throws {
        guard Glibc.rename(path, target) == 0 else { throw SystemError("rename \(path) to \(target)") }
    }

    /// Replaces a file by another one of its file system, which another program may have written: after a crash either
    /// the old content is there or the whole of the new one.
    public static func replace(_ target: String, with path: String) throws {
        let file = Descriptor(open(path, O_RDONLY | O_CLOEXEC))
        guard file.number >= 0 else { throw SystemError("open \(path)") }
        guard fsync(file.number) == 0 else { throw SystemError("write \(path)") }
        try move(path, to: target)
        synchronizeFolder(of: target)
    }

    /// Brings the names in a file's folder to the disk, where the file system can.
    static func synchronizeFolder(of path: String) {
        let folder = Descriptor(open(folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC))
        if folder.number >= 0 { fsync(folder.number) }
    }

    /// Appends bytes to an existing file.
    public static func append(_ bytes: [UInt8], to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemError("open \(path)") }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw SystemError("write \(path)") }
            rest = rest.dropFirst(count)
        }
    }
}
