import CShims
import Glibc

/// Wakes a thread that polls descriptors; any thread may do so, any number of times.
public final class Wakeup: Sendable {
    /// The descriptor to poll for reading; it stays readable once signalled.
    public let descriptor: Int32

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
