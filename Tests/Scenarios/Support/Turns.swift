import Synchronization

/// Lets a few scenarios run at a time, each in a place of its own: a number that its network and addresses come from.
///
/// Of those that wait the longest comes first, so that none runs on alone at the end.
final class Turns: Sendable {
    /// More than the processors, since scenarios mostly wait.
    static let shared = Turns(count: 3)

    private struct Waiter {
        let seconds: Double
        let continuation: CheckedContinuation<Int, Never>
    }

    private struct State {
        var free: [Int]
        var isOpen = false
        /// The longest last; of equal ones, the one that came first.
        var waiting: [Waiter] = []

        /// Takes in the waiters that there are places for.
        mutating func admit() -> [(waiter: Waiter, place: Int)] {
            var admitted: [(waiter: Waiter, place: Int)] = []
            while isOpen, !waiting.isEmpty, let place = free.popLast() {
                admitted.append((waiting.removeLast(), place))
            }
            return admitted
        }
    }

    private let state: Mutex<State>
    /// How many there are.
    let count: Int

    init(count: Int) {
        self.count = count
        state = Mutex(State(free: Array((0..<count).reversed())))
    }

    /// Gives places away from now on. Until then all wait, so that the first ones are also the longest.
    func open() { change { $0.isOpen = true } }

    /// How many wait.
    var waiting: Int { state.withLock { $0.waiting.count } }

    /// Runs `body` when there is a place.
    ///
    /// - Parameter seconds: how long it is thought to take.
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
