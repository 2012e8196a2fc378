/// Runs blocking work on a thread outside Swift's cooperative pool, which has too few threads to lend any.
///
/// Cancelling the task does not interrupt `body`; work that can be interrupted brings its own means.
public func offload<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
        ThreadPool.shared.run { continuation.resume(with: Swift.Result(catching: body)) }
    }
}
