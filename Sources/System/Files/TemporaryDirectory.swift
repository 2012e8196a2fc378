import Glibc

/// A new empty folder for temporary files, removed at the end of its use.
///
/// A program that is killed cannot remove its own; the next folder that is made with the same prefix in the same place
/// takes it away. So that nothing else is removed, such a folder contains a file with a text of ours, which the program
/// keeps locked (flock) while it lives.
public final class TemporaryDirectory: Sendable {
    /// The path of the empty folder, mode 0700.
    public let path: String
    /// The folder around it, which also contains the lock. Other users may pass through it.
    private let outer: String
    private let lock: Descriptor

    private init(making prefix: String, in base: String) throws {
        var template = Array("\(base)/\(prefix).XXXXXX".utf8CString)
        let made = template.withUnsafeMutableBufferPointer { buffer -> String? in
            guard let start = buffer.baseAddress, mkdtemp(start) != nil else { return nil }
            return String(cString: start)
        }
        guard let made else { throw SystemError("make a temporary folder in \(base)") }
        outer = made
        path = "\(made)/files"
        let lockFile = Self.lockFile(made)
        do {
            lock = Descriptor(open(lockFile, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600))
            guard lock.number >= 0, flock(lock.number, LOCK_EX | LOCK_NB) == 0 else {
                throw SystemError("lock \(lockFile)")
            }
            // From here on others take the folder for one of ours, and find it locked.
            if let code = Array(Self.content.utf8).withUnsafeBytes({ writeAll($0, to: lock.number) }) {
                throw SystemError("write \(lockFile)", code: code)
            }
            try Files.makeDirectory(path, mode: 0o700)
            try Files.setMode(0o711, of: made)
        } catch {
            try? Files.remove(made)
            throw error
        }
    }

    /// Creates a folder below another one, and removes those with the same prefix whose programs have ended.
    public convenience init(prefix: String, in base: String) throws {
        Self.removeForsaken(prefix: prefix, in: base)
        try self.init(making: prefix, in: base)
    }

    /// Creates a folder below TMPDIR if that is set, else below /tmp or /var/tmp, the first that meets the needs.
    ///
    /// - Throws: `NoTemporaryPlace` if none does.
    public convenience init(prefix: String = "minke", needs: TemporaryNeeds = TemporaryNeeds()) throws {
        let folders = environmentVariable("TMPDIR").map { [$0] } ?? ["/tmp", "/var/tmp"]
        for folder in folders { Self.removeForsaken(prefix: prefix, in: folder) }
        try self.init(making: prefix, in: try needs.place(among: folders, FileSystem.init(at:)))
    }

    /// Removes the folder with all that is in it.
    public func remove() throws { try Self.remove(outer) }

    /// Removes the lock last, by which a removal that is interrupted can be finished.
    private static func remove(_ outer: String) throws {
        try Files.remove("\(outer)/files")
        try Files.remove(outer)
    }

    private static let content = "The temporary files of a program that runs; its next run removes the rest.\n"

    private static func lockFile(_ outer: String) -> String { "\(outer)/lock" }

    private static func removeForsaken(prefix: String, in base: String) {
        for name in (try? Files.names(in: base)) ?? [] {
            guard name.hasPrefix("\(prefix)."), name.utf8.count == prefix.utf8.count + 7 else { continue }
            let outer = "\(base)/\(name)"
            if isForsaken(outer) { try? remove(outer) }
        }
    }

    private static func isForsaken(_ outer: String) -> Bool {
        // A link of somebody else's is not followed.
        guard let folder = try? Files.status(of: outer), folder.kind == .directory, folder.user == geteuid() else {
            return false
        }
        let file = Descriptor(open(lockFile(outer), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC))
        var status = stat()
        guard file.number >= 0, fstat(file.number, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            flock(file.number, LOCK_EX | LOCK_NB) == 0
        else { return false }
        return (try? Files.readText(lockFile(outer))) == content
    }
}

extension Files {
    /// Runs `body` with a new empty folder for temporary files, which is removed afterwards.
    ///
    /// - Parameter parent: the folder to create it in; nil for one for temporary files that meets the needs.
    public static func withTemporaryDirectory<T: Sendable>(
        prefix: String = "minke", in parent: String? = nil, needs: TemporaryNeeds = TemporaryNeeds(),
        isolation: isolated (any Actor)? = #isolation, _ body: (String) async throws -> T
    ) async throws -> T {
        let folder =
            if let parent {
                try TemporaryDirectory(prefix: prefix, in: parent)
            } else {
                try TemporaryDirectory(prefix: prefix, needs: needs)
            }
        do {
            let result = try await body(folder.path)
            try folder.remove()
            return result
        } catch {
            try? folder.remove()
            throw error
        }
    }
}
