import Synchronization

/// A value shared by several tasks and protected by a mutex.
public final class Locked<Value: Sendable>: @unchecked Sendable {
    // The mutex is beside the value, since Swift 6.0's compiler cannot make a `Mutex` of a generic value.
    private let mutex = Mutex(())
    private var guarded: Value

    /// Creates a shared value.
    public init(_ value: Value) { guarded = value }

    /// Runs `body` with exclusive access to the value.
    public func withLock<Result: Sendable>(_ body: (inout Value) throws -> Result) rethrows -> Result {
        try mutex.withLock { _ in try body(&guarded) }
    }

    /// A copy of the current value.
    public var value: Value { mutex.withLock { _ in guarded } }
}
