import Synchronization

/// A readers-writer lock on the engine: tests share it, and a test that restarts the engine has it alone.
///
/// A test that wants the engine alone waits until no other uses it or waits for it. While it has the engine, no other
/// begins.
public final class EngineLock: Sendable {
    /// The lock for all tests of this process, which use the same engine.
    public static let shared = EngineLock()

    private struct Waiter {
        let isAlone: Bool
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var sharing = 0
        var isAlone = false
        var waiting: [Waiter] = []

        /// Admits the waiters that may use the engine now, and returns their continuations.
        mutating func admit() -> [CheckedContinuation<Void, Never>] {
            var admitted: [CheckedContinuation<Void, Never>] = []
            // Exclusive use comes last, so that it holds up no scenarios while it waits.
            waiting.sort { !$0.isAlone && $1.isAlone }
            while let next = waiting.first, !isAlone, !next.isAlone || sharing == 0 {
                if next.isAlone { isAlone = true } else { sharing += 1 }
                admitted.append(next.continuation)
                waiting.removeFirst()
            }
            return admitted
        }
    }

    private let state = Mutex(State())

    /// Runs `body` while the engine is not restarted.
    public func share<T>(_ body: () async throws -> T) async rethrows -> T {
        await enter(alone: false)
        defer { change { $0.sharing -= 1 } }
        return try await body()
    }

    /// Runs `body` while no other test uses the engine.
    public func alone<T>(_ body: () async throws -> T) async rethrows -> T {
        await enter(alone: true)
        defer { change { $0.isAlone = false } }
        return try await body()
    }

    private func enter(alone: Bool) async {
        await withCheckedContinuation { continuation in
            change { $0.waiting.append(Waiter(isAlone: alone, continuation: continuation)) }
        }
    }

    private func change(_ body: (inout State) -> Void) {
        let admitted = state.withLock { state in
            body(&state)
            return state.admit()
        }
        for continuation in admitted { continuation.resume() }
    }
}
