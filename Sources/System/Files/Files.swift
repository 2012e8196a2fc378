import CShims
import Glibc

/// Files and folders of this host; paths are plain strings, and errors name them.
public enum Files {
    /// Reads the whole content of a file.
    public static func read(_ path: String) throws -> [UInt8] {
        try FileJournal.noting(.content, path, FileJournal.answer) { try readContent(path) }
    }

    private static func readContent(_ path: String) throws -> [UInt8] {
        let file = Descriptor(open(path, O_RDONLY | O_CLOEXEC))
        guard file.number >= 0 else { throw SystemError("read \(path)") }
        var status = stat()
        guard fstat(file.number, &status) == 0 else { throw SystemError("read \(path)") }
        if status.st_mode & S_IFMT == S_IFDIR { throw SystemError("read \(path)", code: EISDIR) }

        var content: [UInt8] = []
        // One byte more than the size: if the file has not grown, a single further call finds its end.
        var room = max(Int(status.st_size) + 1, 4096)
        while true {
            let before = content.count
            var failure: Int32 = 0
            let piece = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
                let result = Glibc.read(file.number, buffer.baseAddress, buffer.count)
                count = max(0, result)
                if result < 0 { failure = errno }
            }
            if failure == EINTR { continue }
            if failure != 0 { throw SystemError("read \(path)", code: failure) }
            if piece.isEmpty { return content }
            if before == 0 { content = piece } else { content += piece }
            room = max(4096, room - piece.count)
        }
    }

    /// Reads the whole content of a file as UTF-8; bytes that are not UTF-8 are an error.
    public static func readText(_ path: String) throws -> String {
        guard let text = String(validating: try read(path), as: UTF8.self) else {
            throw SystemError("read \(path) as UTF-8", code: EILSEQ)
        }
        return text
    }

    /// Replaces a file atomically: a reader sees either the old content or the new one, also after a crash.
    public static func write(_ content: [UInt8], to path: String, mode: UInt32 = 0o644) throws {
        let temporary = folder(of: path) + "/.\(name(of: path)).XXXXXX"
        var template = Array(temporary.utf8CString)
        let file = Descriptor(minke_temporary_file(&template))
        guard file.number >= 0 else { throw SystemError("write \(path)") }
        let written = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        do {
            if let code = content.withUnsafeBytes({ writeAll($0, to: file.number) }) {
                throw SystemError("write \(path)", code: code)
            }
            guard fchmod(file.number, mode) == 0, fsync(file.number) == 0, rename(written, path) == 0 else {
                throw SystemError("write \(path)")
            }
        } catch {
            unlink(written)
            throw error
        }
        synchronizeFolder(of: path)
    }

    /// Writes a text file, as `write(_:to:mode:)` writes bytes.
    public static func write(_ text: String, to path: String, mode: UInt32 = 0o644) throws {
        try write(Array(text.utf8), to: path, mode: mode)
    }

    /// Appends a text to a file, with a single write if the system takes all of it; a missing file is created.
    public static func append(_ text: String, to path: String, mode: UInt32 = 0o644) throws {
        let file = Descriptor(open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, mode))
        guard file.number >= 0 else { throw SystemError("append to \(path)") }
        if let code = Array(text.utf8).withUnsafeBytes({ writeAll($0, to: file.number) }) {
            throw SystemError("append to \(path)", code: code)
        }
    }

    /// Creates a folder and its missing parents; an existing one is left as it is.
    public static func makeDirectory(_ path: String, mode: UInt32 = 0o755) throws {
        if mkdir(path, mode) == 0 { return }
        let code = errno
        if code == EEXIST, (try? status(of: path, followingLinks: true).kind) == .directory { return }
        guard code == ENOENT, !path.isEmpty, folder(of: path) != path else {
            throw SystemError("make folder \(path)", code: code)
        }
        try makeDirectory(folder(of: path), mode: mode)
        if mkdir(path, mode) != 0, errno != EEXIST { throw SystemError("make folder \(path)") }
    }

    /// Removes a file, or a folder with its content; a missing one is no error.
    public static func remove(_ path: String) throws {
        guard let status = try? status(of: path) else { return }
        if status.kind == .directory {
            for name in try names(in: path) { try remove(path + "/" + name) }
            if rmdir(path) != 0, errno != ENOENT { throw SystemError("remove \(path)") }
        } else if unlink(path) != 0, errno != ENOENT {
            throw SystemError("remove \(path)")
        }
    }

    /// Creates a symbolic link that points to `target`.
    public static func link(_ path: String, to target: String) throws {
        guard symlink(target, path) == 0 else { throw SystemError("make the link \(path)") }
    }

    /// Sets the mode of a file or folder.
    public static func setMode(_ mode: UInt32, of path: String) throws {
        guard chmod(path, mode) == 0 else { throw SystemError("change the mode of \(path)") }
    }

    /// The last part of a path.
    public static func name(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    /// The path without its last part; `.` for a plain name.
    public static func folder(of path: String) -> String {
        var parts = Substring(path)
        while parts.count > 1, parts.hasSuffix("/") { parts = parts.dropLast() }
        guard let slash = parts.lastIndex(of: "/") else { return "." }
        return slash == parts.startIndex ? "/" : String(parts[..<slash])
    }
}
