import Glibc

extension Files {
    /// Renames a file on its file system, in place of a file that has the new path.
    public static func move(_ path: String, to target: String) throws {
        guard Glibc.rename(path, target) == 0 else { throw SystemError("rename \(path) to \(target)") }
    }

    /// Writes bytes at a file's end; the file must exist.
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
