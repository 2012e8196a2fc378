import Glibc

/// A pipe within the program, between two threads that may block: what is not read yet waits in the kernel, and it is
/// no more than that takes.
public final class BytePipe: Sendable {
    private struct State: Sendable {
        var pipe: Pipe
        var isBroken = false
    }

    private let state: Locked<State>
    private let reading: Int32
    private let writing: Int32

    public init() throws {
        let pipe = try Pipe()
        reading = pipe.reading.number
        writing = pipe.writing.number
        state = Locked(State(pipe: pipe))
    }

    /// Writes all of them. Throws `BrokenPipe` where nobody reads any more.
    public func write(_ bytes: [UInt8]) throws {
        if bytes.withUnsafeBytes({ writeAll($0, to: writing) }) != nil { throw BrokenPipe() }
    }

    /// The next bytes; nil at the end. Throws `BrokenPipe` where the writer broke off.
    public func read() throws -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 256 * 1024)
        while true {
            let count = Glibc.read(reading, &buffer, buffer.count)
            if count > 0 { return Array(buffer[..<count]) }
            if count < 0, errno == EINTR { continue }
            if count < 0 || state.withLock({ $0.isBroken }) { throw BrokenPipe() }
            return nil
        }
    }

    /// Must be called by the reader when it reads no more.
    public func closeForReading() { state.withLock { $0.pipe.reading.close() } }

    /// Must be called by the writer at the end, or where it breaks off.
    public func closeForWriting(isWhole: Bool) {
        state.withLock { state in
            state.isBroken = state.isBroken || !isWhole
            state.pipe.writing.close()
        }
    }
}

/// That the other end of a pipe ended early.
public struct BrokenPipe: Error, CustomStringConvertible {
    public var description: String { "the other end of a pipe ended early" }
}
