import Model
import System

/// Runs steps, each after its dependencies and a limited number at a time; of those that are ready, the one with the
/// longest chain behind it first.
struct StepGraph {
    let steps: [Step]
    /// The number of steps that work at the same time.
    let width: Int
    /// The number of steps that are under way at the same time, those included that only wait.
    let breadth: Int

    private enum Event: Sendable {
        case gaveWay
        case finished(Int)
        case failed(Int, any Error)
    }

    /// Calls `work` for every step whose dependencies finished. Steps behind a failed one are returned and never begin.
    /// Cancelling the task cancels the running steps and begins no more.
    ///
    /// A step that has done its work and only waits calls `Turn.giveWay`.
    func run(_ work: @escaping @Sendable (Int, Turn) async throws -> Void) async -> (
        failed: [(Int, any Error)], skipped: [Int]
    ) {
        let dependents = dependents()
        let ranks = ranks(dependents)
        var waiting = steps.map { Set($0.after) }
        var ready: [Int] = []
        // The last one is next; among equals, the one that comes first in the plan.
        func add(_ found: [Int]) {
            guard !found.isEmpty else { return }
            ready += found
            ready.sort { (ranks[$0], -$0) < (ranks[$1], -$1) }
        }
        add(steps.indices.filter { waiting[$0].isEmpty })
        var failed: [(Int, any Error)] = []
        var done = Set<Int>()
        await withTaskGroup(of: Event.self) { group in
            var working = 0
            var underWay = 0
            while true {
                while working < width, underWay < breadth, !Task.isCancelled, let index = ready.popLast() {
                    working += 1
                    underWay += 1
                    let turn = Turn()
                    group.addTask {
                        await turn.wait()
                        return .gaveWay
                    }
                    group.addTask {
                        defer { turn.giveWay() }
                        do {
                            try await work(index, turn)
                            return .finished(index)
                        } catch {
                            return .failed(index, error)
                        }
                    }
                }
                guard let event = await group.next() else { break }
                switch event {
                case .gaveWay: working -= 1
                case .failed(let index, let error):
                    underWay -= 1
                    done.insert(index)
                    failed.append((index, error))
                case .finished(let index):
                    underWay -= 1
                    done.insert(index)
                    for dependent in dependents[index] { waiting[dependent].remove(index) }
                    add(dependents[index].filter { waiting[$0].isEmpty })
                }
            }
        }
        return (failed, steps.indices.filter { !done.contains($0) })
    }

    private func dependents() -> [[Int]] {
        var result = [[Int]](repeating: [], count: steps.count)
        for (index, step) in steps.enumerated() {
            for dependency in step.after { result[dependency].append(index) }
        }
        return result
    }

    /// The effort of the longest chain that begins with each step.
    private func ranks(_ dependents: [[Int]]) -> [Int] {
        var ranks = steps.map(\.action.effort)
        var open = dependents.map(\.count)
        var settled = steps.indices.filter { open[$0] == 0 }
        while let index = settled.popLast() {
            for dependency in steps[index].after {
                ranks[dependency] = max(ranks[dependency], steps[dependency].action.effort + ranks[index])
                open[dependency] -= 1
                if open[dependency] == 0 { settled.append(dependency) }
            }
        }
        return ranks
    }
}

/// A step's place among the steps that work.
final class Turn: Sendable {
    private enum State {
        case held(CheckedContinuation<Void, Never>?)
        case given
    }

    private let state = Locked(State.held(nil))

    /// Lets another step begin; a second call does nothing.
    func giveWay() {
        let waiting = state.withLock { state -> CheckedContinuation<Void, Never>? in
            defer { state = .given }
            if case .held(let continuation) = state { return continuation }
            return nil
        }
        waiting?.resume()
    }

    /// Waits for `giveWay`, which is also called at the step's end.
    fileprivate func wait() async {
        await withCheckedContinuation { continuation in
            let isGiven = state.withLock { state in
                if case .given = state { return true }
                state = .held(continuation)
                return false
            }
            if isGiven { continuation.resume() }
        }
    }
}

extension Action {
    /// The rough duration of the step, in seconds for services of a cloud.
    fileprivate var effort: Int {
        switch self {
        case .copyImages, .create, .replace, .start, .restart, .verify, .keep: 4
        case .runJob: 4
        case .configure, .register, .vacate, .withdraw, .deregister: 2
        case .createNetwork, .removeNetwork, .attach, .remove, .stop, .rename, .grant, .removeVolume: 1
        }
    }
}
