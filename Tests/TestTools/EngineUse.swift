import Synchronization

/// Keeps tests that need the engine to go on running apart from one that starts it again.
///
/// Any number share it; who wants it alone waits for the end of those, and lets no other begin meanwhile.
public final class EngineUse: Sendable {
    /// The one of all tests in this process, which share an engine.
    public static let shared = EngineUse()

    private struct Waiter {
        let isAlone: Bool
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var sharing = 0
        var isAlone = false
        var waiting: [Waiter] = []

        /// Lets those in that may now, and gives what is to be resumed.
        mutating func admit() -> [CheckedContinuation<Void, Never>] {
            var admitted: [CheckedContinuation<Void, Never>] = []
            // Whoever wants it alone comes last, so that scenarios are not held up by one that waits for others.
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

    /// Runs `body` while the engine is not started again.
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
