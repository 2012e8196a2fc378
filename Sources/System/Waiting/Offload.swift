/// Runs blocking work on a thread outside Swift's cooperative pool, which has too few threads for that.
///
/// Cancelling the task does not interrupt `body`; interruptible work needs a mechanism of its own, such as `Wakeup`.
public func offload<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
        ThreadPool.shared.run { continuation.resume(with: Swift.Result(catching: body)) }
    }
}
