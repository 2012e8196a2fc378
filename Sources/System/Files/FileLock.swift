import Glibc

/// An advisory lock on a file (flock) that processes share; the kernel releases it when the process ends.
public final class FileLock: @unchecked Sendable {
    private let file: Descriptor
    private let path: String

    /// Opens the lock's file, and creates it where it is missing.
    public init(_ path: String) throws {
        let descriptor = Descriptor(open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644))
        guard descriptor.number >= 0 else { throw SystemError("open the lock \(path)") }
        file = descriptor
        self.path = path
    }

    /// Takes the lock together with other readers, once nobody has it exclusively; cancelling the task ends the wait.
    public func lockShared() async throws {
        while flock(file.number, LOCK_SH | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else { throw SystemError("lock \(path)") }
            // flock gives no event to wait for, so it is tried again and again.
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// Takes the lock for this process alone, if nobody has it.
    public func tryExclusive() -> Bool { flock(file.number, LOCK_EX | LOCK_NB) == 0 }

    /// Releases the lock.
    public func unlock() { _ = flock(file.number, LOCK_UN) }
}
