import Synchronization

/// A readers-writer lock on the engine: tests share it, and a test that restarts the engine has it alone.
///
/// A test that wants the engine alone waits until no other uses it, waits for it, or has announced that it will use it.
public final class EngineLock: Sendable {
    /// The lock for all tests of this process, which use the same engine.
    public static let shared = EngineLock()

    /// The uses of the engine, in the order in which they are admitted.
    private enum Use: Int {
        case shared
        case alone
    }

    private struct Waiter {
        let use: Use
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var announced = 0
        var sharing = 0
        var isAlone = false
        var waiting: [Waiter] = []

        /// Admits the waiters that may use the engine now, and returns their continuations.
        mutating func admit() -> [CheckedContinuation<Void, Never>] {
            var admitted: [CheckedContinuation<Void, Never>] = []
            waiting.sort { $0.use.rawValue < $1.use.rawValue }
            while let next = waiting.first, admits(next.use) {
                if next.use == .shared { sharing += 1 } else { isAlone = true }
                admitted.append(next.continuation)
                waiting.removeFirst()
            }
            return admitted
        }

        private func admits(_ use: Use) -> Bool {
            switch use {
            case .shared: !isAlone
            case .alone: !isAlone && sharing == 0 && announced == 0
            }
        }
    }

    private let state = Mutex(State())

    /// Creates a lock that nobody has.
    public init() {}

    /// The number of those who wait.
    public var waiting: Int { state.withLock { $0.waiting.count } }

    /// Runs `body`, which is going to share the engine, such as when its turn has come.
    public func announce<T>(_ body: () async throws -> T) async rethrows -> T {
        change { $0.announced += 1 }
        defer { change { $0.announced -= 1 } }
        return try await body()
    }

    /// Runs `body` while the engine is not restarted.
    public func share<T>(_ body: () async throws -> T) async rethrows -> T {
        await enter(.shared)
        defer { change { $0.sharing -= 1 } }
        return try await body()
    }

    /// Runs `body` while no other test uses the engine.
    public func alone<T>(_ body: () async throws -> T) async rethrows -> T {
        await enter(.alone)
        defer { change { $0.isAlone = false } }
        return try await body()
    }

    /// Waits until a use is admitted.
    private func enter(_ use: Use) async {
        await withCheckedContinuation { continuation in
            change { $0.waiting.append(Waiter(use: use, continuation: continuation)) }
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
