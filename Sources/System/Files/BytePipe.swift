import Glibc

/// A stream of bytes within the program, between two threads that may block; the kernel holds the few bytes that are
/// not read yet.
public final class BytePipe: Sendable {
    private struct State: Sendable {
        var reading: Descriptor
        var writing: Descriptor
        var isBroken = false
    }

    private let state: Locked<State>
    private let reading: Int32
    private let writing: Int32

    public init() throws {
        var ends: [Int32] = [-1, -1]
        // Sockets rather than a pipe, since writing into a pipe that nobody reads can end the program.
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0, &ends) == 0 else {
            throw SystemError("make a pair of sockets")
        }
        (reading, writing) = (ends[0], ends[1])
        state = Locked(State(reading: Descriptor(ends[0]), writing: Descriptor(ends[1])))
    }

    /// Writes all bytes. Throws `BrokenPipe` where the reader has closed its end.
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

    /// Reads the next bytes; nil at the end. Throws `BrokenPipe` where the writer broke off.
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

    /// Closes the reading end; the reader must call it when it reads no more.
    public func closeForReading() { state.withLock { $0.reading.close() } }

    /// Closes the writing end; the writer must call it at the end, or where it breaks off.
    public func closeForWriting(isWhole: Bool) {
        state.withLock { state in
            state.isBroken = state.isBroken || !isWhole
            state.writing.close()
        }
    }
}

/// The error that the other end of a pipe ended early.
public struct BrokenPipe: Error, CustomStringConvertible {
    public var description: String { "the other end of a pipe ended early" }
}
