import CShims
import Glibc

/// A file descriptor that is closed when this object is released.
final class Descriptor: @unchecked Sendable {
    private(set) var number: Int32

    init(_ number: Int32) { self.number = number }

    deinit { close() }

    func close() {
        if number >= 0 { Glibc.close(number) }
        number = -1
    }

    /// Hands the descriptor over to the caller, who must close it.
    func release() -> Int32 {
        defer { number = -1 }
        return number
    }
}

/// A pipe that child processes do not inherit.
struct Pipe {
    let reading: Descriptor
    let writing: Descriptor

    init() throws {
        var ends: [Int32] = [-1, -1]
        guard minke_pipe(&ends) == 0 else { throw SystemError("make a pipe") }
        reading = Descriptor(ends[0])
        writing = Descriptor(ends[1])
    }
}

func setNonBlocking(_ descriptor: Int32) {
    let flags = fcntl(descriptor, F_GETFL)
    _ = fcntl(descriptor, F_SETFL, flags | O_NONBLOCK)
}

/// Writes all of `bytes`, in as many calls as needed. Returns the errno of a failure, or nil.
func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32? {
    var done = 0
    while done < bytes.count {
        let count = write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
        if count >= 0 {
            done += count
        } else if errno == EAGAIN {
            var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            _ = Glibc.poll(&wanted, 1, -1)
        } else if errno != EINTR {
            return errno
        }
    }
    return nil
}
