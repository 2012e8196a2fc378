import Glibc

extension Files {
    /// Renames a file within its file system; a file with the new path is replaced.
    public static func move(_ path: String, to target: String) throws {
        guard Glibc.rename(path, target) == 0 else { throw SystemError("rename \(path) to \(target)") }
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
