import Model
import System

@testable import Applying

/// A prober that finds every container healthy unless it is told otherwise. It writes an answer into the journal where
/// it differs from the last one of the same container.
final class FakeProber: Prober {
    private struct State: Sendable {
        var answers: [String: @Sendable (Int) async -> Bool] = [:]
        var tries: [String: Int] = [:]
        var last: [String: Bool] = [:]
    }

    private let state = Locked(State())
    private let journal: Journal

    init(_ journal: Journal) { self.journal = journal }

    /// Has `isHealthy` answer for a container, by the number of the try, which counts from 1.
    func answer(_ container: String, _ isHealthy: @escaping @Sendable (Int) async -> Bool) {
        state.withLock { $0.answers[container] = isHealthy }
    }

    func tries(of container: String) -> Int { state.withLock { $0.tries[container] ?? 0 } }

    func tryOnce(
        _ probe: Probe, address: IPv4Address?, container: String, on host: any HostEngine
    ) async -> ProbeAnswer {
        let (answer, number) = state.withLock { state in
            let number = state.tries[container, default: 0] + 1
            state.tries[container] = number
            return (state.answers[container], number)
        }
        let isHealthy = await answer?(number) ?? true
        let wasHealthy = state.withLock { state in
            defer { state.last[container] = isHealthy }
            return state.last[container]
        }
        if isHealthy != wasHealthy {
            let place = address.map { "\(container) at \($0)" } ?? container
            journal.add("\(place) is \(isHealthy ? "healthy" : "not healthy")")
        }
        return ProbeAnswer(isHealthy: isHealthy, words: isHealthy ? "it answers" : "it is silent")
    }
}
