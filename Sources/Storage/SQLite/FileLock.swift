import Glibc
import Synchronization
import System

/// A lock on a file, which the kernel releases when the process that holds it ends. Its calls block.
///
/// The file stays: removing it would let two processes hold locks on two files of the same name.
final class FileLock: Sendable {
    private let path: String
    private let descriptor: Int32
    private let isReleased = Mutex(false)

    /// Takes the lock; nil where this process or another one still holds it after `patience`.
    init?(_ path: String, patience: Duration = .zero) throws {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SystemError("open \(path)") }
        let clock = ContinuousClock()
        let deadline = clock.now + patience
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let code = errno
            if code == EINTR { continue }
            if code == EWOULDBLOCK, clock.now < deadline {
                usleep(1000)
                continue
            }
            close(descriptor)
            if code == EWOULDBLOCK { return nil }
            throw SystemError("lock \(path)", code: code)
        }
        self.path = path
        self.descriptor = descriptor
    }

    deinit {
        release()
        close(descriptor)
    }

    /// Unlocks the file and removes its holder. Unlocking comes before closing, since a child that is being started may
    /// have a copy of the descriptor.
    func release() {
        isReleased.withLock { isReleased in
            // Once it is unlocked, the holder in the file may be another one.
            if isReleased { return }
            isReleased = true
            write([])
            flock(descriptor, LOCK_UN)
        }
    }

    /// Whether the locked file is still the one at its path. Where it was removed, another process can lock a new one.
    var isInPlace: Bool {
        var own = stat()
        var there = stat()
        return fstat(descriptor, &own) == 0 && stat(path, &there) == 0 && own.st_dev == there.st_dev
            && own.st_ino == there.st_ino
    }

    /// Writes the lock's holder into the file; readers ignore it while nobody has the lock.
    func write(_ bytes: [UInt8]) {
        ftruncate(descriptor, 0)
        bytes.withUnsafeBytes { _ = pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    }

    /// The file name of a lock: letters, digits, `.`, `_` and `-` stay (a leading `.` does not), other bytes become `%`
    /// and two hexadecimal digits.
    static func fileName(for name: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in name.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                bytes.append(byte)
            case UInt8(ascii: ".") where !bytes.isEmpty:
                bytes.append(byte)
            default:
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
