import Synchronization

/// Lets a few scenarios run at a time, each in a place of its own: a number that its network and addresses come from.
final class Turns: Sendable {
    /// More than the processors, since scenarios mostly wait.
    static let shared = Turns(count: 3)

    private struct State {
        var free: [Int]
        var waiting: [CheckedContinuation<Int, Never>] = []
    }

    private let state: Mutex<State>

    init(count: Int) {
        state = Mutex(State(free: Array((0..<count).reversed())))
    }

    /// Runs `body` when there is a place.
    func take<T>(_ body: (Int) async throws -> T) async rethrows -> T {
        let place = await withCheckedContinuation { continuation in
            let place = state.withLock { state -> Int? in
                if let place = state.free.popLast() { return place }
                state.waiting.append(continuation)
                return nil
            }
            if let place { continuation.resume(returning: place) }
        }
        defer { release(place) }
        return try await body(place)
    }

    private func release(_ place: Int) {
        let next = state.withLock { state -> CheckedContinuation<Int, Never>? in
            if state.waiting.isEmpty {
                state.free.append(place)
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.resume(returning: place)
    }
}
