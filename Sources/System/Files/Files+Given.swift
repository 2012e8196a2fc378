import Glibc

extension Files {
    /// The maximum size, in bytes, of a file that the user names: 16 MB, far more than any document needs.
    public static let givenLimit = 16_000_000

    /// Reads the whole content of a file, pipe or terminal that the user names, at most `limit` bytes.
    ///
    /// Other devices are refused, since some never end. If nobody has written to a pipe yet, it waits.
    ///
    /// - Throws: `SystemError`; `NoFile` for a device; `CancellationError` if the task is cancelled during the wait.
    public static func readGiven(_ path: String, limit: Int = givenLimit) throws -> [UInt8] {
        // Without O_NONBLOCK, opening a pipe that nobody writes to would block, and Ctrl-C could not end it.
        let file = Descriptor(open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK))
        guard file.number >= 0 else { throw SystemError("read \(path)") }
        var status = stat()
        guard fstat(file.number, &status) == 0 else { throw SystemError("read \(path)") }
        switch status.st_mode & S_IFMT {
        case S_IFREG:
            if Int(status.st_size) > limit { throw SystemError("read \(path)", code: EFBIG) }
            return try FileJournal.noting(.content, path, FileJournal.answer) {
                try readAll(of: file, path, limit: limit)
            }
        case S_IFDIR: throw SystemError("read \(path)", code: EISDIR)
        case S_IFIFO, S_IFSOCK:
            // The content of a pipe cannot be read again.
            FileJournal.current?.noteOther()
            return try readAll(of: file, path, limit: limit)
        default:
            guard isatty(file.number) == 1 else { throw NoFile(path: path) }
            FileJournal.current?.noteOther()
            return try readAll(of: file, path, limit: limit)
        }
    }

    /// Reads a file that the user names, as UTF-8; other bytes are an error.
    public static func readGivenText(_ path: String) throws -> String {
        guard let text = String(validating: try readGiven(path), as: UTF8.self) else {
            throw SystemError("read \(path) as UTF-8", code: EILSEQ)
        }
        return text
    }

    private static func readAll(of file: Descriptor, _ path: String, limit: Int) throws -> [UInt8] {
        var content: [UInt8] = []
        while true {
            var failure: Int32 = 0
            let piece = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
                let result = Glibc.read(file.number, buffer.baseAddress, buffer.count)
                count = max(0, result)
                if result < 0 { failure = errno }
            }
            if failure == EAGAIN || failure == EINTR || piece.isEmpty && failure == 0 && content.isEmpty {
                if failure == 0, try isAtItsEnd(file) { return content }
                try waitForContent(of: file)
                continue
            }
            if failure != 0 { throw SystemError("read \(path)", code: failure) }
            if piece.isEmpty { return content }
            content += piece
            if content.count > limit { throw SystemError("read \(path)", code: EFBIG) }
        }
    }

    /// Whether the file has ended. A pipe that nobody has opened for writing yet also reads as empty, but has not
    /// ended.
    private static func isAtItsEnd(_ file: Descriptor) throws -> Bool {
        var status = stat()
        guard fstat(file.number, &status) == 0, status.st_mode & S_IFMT == S_IFIFO else { return true }
        var asked = pollfd(fd: file.number, events: Int16(POLLIN), revents: 0)
        return Glibc.poll(&asked, 1, 0) > 0 && asked.revents & Int16(POLLHUP) != 0
    }

    private static func waitForContent(of file: Descriptor) throws {
        if Task.isCancelled { throw CancellationError() }
        var asked = pollfd(fd: file.number, events: Int16(POLLIN), revents: 0)
        _ = Glibc.poll(&asked, 1, 100)
    }
}

/// The error of a path that is neither a file nor a pipe.
struct NoFile: Error, CustomStringConvertible {
    let path: String

    var description: String { "\(path) is neither a file nor a pipe" }
}

extension Files {
    /// Writes content to a path that the user names; `-` is the standard output.
    ///
    /// A file is replaced as `write(_:to:mode:)` does it; symbolic links are followed. Devices and pipes are written
    /// to.
    public static func writeGiven(_ content: [UInt8], to path: String, mode: UInt32 = 0o644) throws {
        if path == "-" { return printBytes(content) }
        guard let status = try? status(of: path, followingLinks: true) else {
            // A dangling symbolic link is written through, as in a shell.
            return try write(content, to: try givenPlace(path), mode: mode)
        }
        switch status.kind {
        case .file: try write(content, to: try givenPlace(path), mode: mode)
        case .directory: throw SystemError("write \(path)", code: EISDIR)
        case .link, .other:
            let file = Descriptor(open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY))
            guard file.number >= 0 else { throw SystemError("write \(path)") }
            if let code = content.withUnsafeBytes({ writeAll($0, to: file.number) }) {
                throw SystemError("write \(path)", code: code)
            }
        }
    }

    /// Writes a text to a path that the user names, as `writeGiven(_:to:mode:)` writes bytes.
    public static func writeGiven(_ text: String, to path: String, mode: UInt32 = 0o644) throws {
        try writeGiven(Array(text.utf8), to: path, mode: mode)
    }

    /// Whether a path is a device, a pipe or the standard output (`-`), so that no file keeps what is written to it.
    public static func isStream(_ path: String) -> Bool {
        path == "-" || (try? status(of: path, followingLinks: true).kind) == .other
    }

    /// Copies a file to a device, a pipe or the standard output; see `isStream(_:)`.
    public static func send(_ file: String, toStream path: String) throws {
        let reader = try FileReader(file)
        let output = path == "-" ? nil : Descriptor(open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY))
        if let output, output.number < 0 { throw SystemError("write \(path)") }
        while let piece = try reader.next() {
            guard let output else {
                printBytes(piece)
                continue
            }
            if let code = piece.withUnsafeBytes({ writeAll($0, to: output.number) }) {
                throw SystemError("write \(path)", code: code)
            }
        }
    }

    /// The path that a chain of symbolic links ends at, even if nothing is there; the path itself if it is no link.
    ///
    /// - Throws: `SystemError` for more than 40 links.
    public static func givenPlace(_ path: String) throws -> String {
        var place = path
        for _ in 0..<40 {
            guard (try? status(of: place).kind) == .link else { return place }
            let target = try target(ofLink: place)
            place = target.hasPrefix("/") ? target : "\(folder(of: place))/\(target)"
        }
        throw SystemError("write \(path)", code: ELOOP)
    }
}
