import Glibc
import Synchronization

/// A reader of a file, piece by piece, from any thread.
public final class FileReader: Sendable {
    private let path: String
    private let file: Mutex<Descriptor>

    /// Opens a file.
    ///
    /// - Throws: `SystemError` if it cannot be opened.
    public init(_ path: String) throws {
        self.path = path
        FileJournal.current?.noteOther()
        let descriptor = Descriptor(open(path, O_RDONLY | O_CLOEXEC))
        guard descriptor.number >= 0 else { throw SystemError("read \(path)") }
        file = Mutex(descriptor)
    }

    /// Reads the next piece, of at most `size` bytes; nil at the end.
    public func next(upTo size: Int = 1 << 18) throws -> [UInt8]? {
        try file.withLock { file in
            while true {
                var code: Int32 = 0
                let piece = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
                    let result = read(file.number, buffer.baseAddress, buffer.count)
                    count = max(0, result)
                    if result < 0 { code = errno }
                }
                if code == EINTR { continue }
                if code != 0 { throw SystemError("read \(path)", code: code) }
                return piece.isEmpty ? nil : piece
            }
        }
    }
}
