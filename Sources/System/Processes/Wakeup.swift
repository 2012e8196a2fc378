import CShims
import Glibc

/// An event descriptor that wakes a thread blocked in poll(2). Any thread may signal it, any number of times.
public final class Wakeup: Sendable {
    /// The descriptor to poll for reading; it stays readable once signalled.
    public let descriptor: Int32

    /// Creates the descriptor.
    ///
    /// - Throws: `SystemError` if the kernel refuses.
    public init() throws {
        descriptor = minke_event()
        guard descriptor >= 0 else { throw SystemError("make an event descriptor") }
    }

    deinit { close(descriptor) }

    /// Makes the descriptor readable.
    public func signal() {
        minke_signal_event(descriptor)
    }
}
