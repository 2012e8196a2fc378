import Synchronization

/// A value that several tasks share; one at a time uses it.
public final class Locked<Value: Sendable>: @unchecked Sendable {
    // The mutex guards the value beside it: Swift 6.0's compiler cannot make a `Mutex` of a generic value.
    private let mutex = Mutex(())
    private var guarded: Value

    public init(_ value: Value) { guarded = value }

    public func withLock<Result: Sendable>(_ body: (inout Value) throws -> Result) rethrows -> Result {
        try mutex.withLock { _ in try body(&guarded) }
    }

    /// A copy of the current value.
    public var value: Value { mutex.withLock { _ in guarded } }
}
