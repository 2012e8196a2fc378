import Synchronization

/// A scheduler that runs a few scenarios at the same time, each in a place of its own: a number from which its network
/// and addresses are derived.
///
/// Of the waiting ones the longest begins first (LPT scheduling), so that none runs on alone at the end.
final class Turns: Sendable {
    /// The scheduler of all scenarios. It has more places than processors, since scenarios also wait; not many more, since
    /// the services of all of them take processor time as long as they are there.
    static let shared = Turns(count: 3)

    private struct Waiter {
        let seconds: Double
        let continuation: CheckedContinuation<Int, Never>
    }

    private struct State {
        var free: [Int]
        var isOpen = false
        /// The waiting scenarios, the longest last; of equal ones, the first to come is last.
        var waiting: [Waiter] = []

        /// Assigns the free places to waiters, and returns both.
        mutating func admit() -> [(waiter: Waiter, place: Int)] {
            var admitted: [(waiter: Waiter, place: Int)] = []
            while isOpen, !waiting.isEmpty, let place = free.popLast() {
                admitted.append((waiting.removeLast(), place))
            }
            return admitted
        }
    }

    private let state: Mutex<State>
    /// The number of places.
    let count: Int

    init(count: Int) {
        self.count = count
        state = Mutex(State(free: Array((0..<count).reversed())))
    }

    /// Starts to assign places. Until then all wait, so that the first scenarios are the longest.
    func open() { change { $0.isOpen = true } }

    /// The number of waiting scenarios.
    var waiting: Int { state.withLock { $0.waiting.count } }

    /// Runs `body` as soon as there is a place, with the place's number.
    ///
    /// - Parameter seconds: the expected duration.
    func take<T>(expecting seconds: Double, _ body: (Int) async throws -> T) async rethrows -> T {
        let place = await withCheckedContinuation { continuation in
            change { state in
                let position = state.waiting.firstIndex { $0.seconds >= seconds } ?? state.waiting.count
                state.waiting.insert(Waiter(seconds: seconds, continuation: continuation), at: position)
            }
        }
        defer { change { $0.free.append(place) } }
        return try await body(place)
    }

    private func change(_ body: (inout State) -> Void) {
        let admitted = state.withLock { state in
            body(&state)
            return state.admit()
        }
        for (waiter, place) in admitted { waiter.continuation.resume(returning: place) }
    }
}
