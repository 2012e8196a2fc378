import Glibc

/// A byte stream between two threads of this program. The writer blocks while the kernel's buffer is full, the reader
/// while it is empty.
public final class BytePipe: Sendable {
    private struct State: Sendable {
        var reading: Descriptor
        var writing: Descriptor
        var isBroken = false
    }

    private let state: Locked<State>
    private let reading: Int32
    private let writing: Int32

    /// Creates a pipe.
    ///
    /// - Throws: `SystemError` if the kernel refuses.
    public init() throws {
        var ends: [Int32] = [-1, -1]
        // A pair of sockets: writing to a pipe that nobody reads raises SIGPIPE, which can end the program.
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0, &ends) == 0 else {
            throw SystemError("make a pair of sockets")
        }
        (reading, writing) = (ends[0], ends[1])
        state = Locked(State(reading: Descriptor(ends[0]), writing: Descriptor(ends[1])))
    }

    /// Writes all bytes.
    ///
    /// - Throws: `BrokenPipe` if the reader has closed its end.
    public func write(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(writing, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                throw BrokenPipe()
            }
        }
    }

    /// Reads the next bytes; nil at the end.
    ///
    /// - Throws: `BrokenPipe` if the writer has stopped early.
    public func read() throws -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 256 * 1024)
        while true {
            let count = recv(reading, &buffer, buffer.count, 0)
            if count > 0 { return Array(buffer[..<count]) }
            if count < 0, errno == EINTR { continue }
            if count < 0 || state.withLock({ $0.isBroken }) { throw BrokenPipe() }
            return nil
        }
    }

    /// Closes the reading end; the reader must call it when it stops reading.
    public func closeForReading() { state.withLock { $0.reading.close() } }

    /// Closes the writing end; the writer must call it when it stops writing.
    ///
    /// - Parameter isWhole: whether everything was written; if not, the reader gets `BrokenPipe`.
    public func closeForWriting(isWhole: Bool) {
        state.withLock { state in
            state.isBroken = state.isBroken || !isWhole
            state.writing.close()
        }
    }
}

/// The error of a pipe whose other end was closed early.
public struct BrokenPipe: Error, CustomStringConvertible {
    /// The message, the same at both ends.
    public var description: String { "the other end of a pipe ended early" }
}
