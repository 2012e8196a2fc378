import Glibc

/// An advisory lock on a file (flock), shared with other processes, which the kernel releases when the process ends.
public final class FileLock: @unchecked Sendable {
    private let file: Descriptor
    private let path: String

    /// Opens the lock's file, making it where it is missing.
    public init(_ path: String) throws {
        let descriptor = Descriptor(open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644))
        guard descriptor.number >= 0 else { throw SystemError("open the lock \(path)") }
        file = descriptor
        self.path = path
    }

    /// Waits until nobody has it exclusively; cancelling the task ends the wait.
    public func lockShared() async throws {
        while flock(file.number, LOCK_SH | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else { throw SystemError("lock \(path)") }
            // flock has no event to wait for.
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// Takes it for this process alone, if nobody has it.
    public func tryExclusive() -> Bool { flock(file.number, LOCK_EX | LOCK_NB) == 0 }

    /// Gives it back.
    public func unlock() { _ = flock(file.number, LOCK_UN) }
}
