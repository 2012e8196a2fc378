import Model
import System

/// A runner of steps, each after its dependencies and a limited number at a time; of those that are ready, the one with
/// the longest chain behind it first.
///
/// Steps that start processes anew are paced: starting takes processors from the processes that serve meanwhile.
struct StepGraph {
    let steps: [Step]
    /// The number of steps that work at the same time.
    let width: Int
    /// The number of steps that are under way at the same time, including those that only wait.
    let breadth: Int
    /// The number of steps that start processes anew at the same time, by host; unlimited for hosts that are missing.
    var pace: [String: Int] = [:]

    private enum Event: Sendable {
        case gaveWay
        case settled(host: String)
        case finished(Int)
        case failed(Int, any Error)
    }

    /// Calls `work` for every step whose dependencies finished. Steps behind a failed one are returned and never begin.
    /// Cancelling the task cancels the running steps and begins no more.
    ///
    /// A step that has done its work and only waits calls `Turn.giveWay`; one whose new process serves,
    /// `Turn.settle`.
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
            var starting: [String: Int] = [:]
            func isHeldUp(_ index: Int) -> Bool {
                let step = steps[index]
                return step.action.startsAnew && starting[step.host, default: 0] >= pace[step.host, default: .max]
            }
            while true {
                while working < width, underWay < breadth, !Task.isCancelled,
                    let next = ready.lastIndex(where: { !isHeldUp($0) })
                {
                    let index = ready.remove(at: next)
                    working += 1
                    underWay += 1
                    let turn = Turn()
                    group.addTask {
                        await turn.isGivenUp.wait()
                        return .gaveWay
                    }
                    if steps[index].action.startsAnew {
                        let host = steps[index].host
                        starting[host, default: 0] += 1
                        group.addTask {
                            await turn.isSettled.wait()
                            return .settled(host: host)
                        }
                    }
                    group.addTask {
                        defer {
                            turn.giveWay()
                            turn.settle()
                        }
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
                case .settled(let host): starting[host, default: 0] -= 1
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

/// A step's place among the steps that work, and among those that start processes anew.
final class Turn: Sendable {
    fileprivate let isGivenUp = Latch()
    fileprivate let isSettled = Latch()

    /// Lets another step begin; a second call does nothing.
    func giveWay() { isGivenUp.open() }

    /// Lets another step start a process anew, since this one's serves; a second call does nothing.
    func settle() { isSettled.open() }
}

/// A gate that is opened once, for one task that waits for it.
private final class Latch: Sendable {
    private enum State {
        case closed(CheckedContinuation<Void, Never>?)
        case open
    }

    private let state = Locked(State.closed(nil))

    func open() {
        let waiting = state.withLock { state -> CheckedContinuation<Void, Never>? in
            defer { state = .open }
            if case .closed(let continuation) = state { return continuation }
            return nil
        }
        waiting?.resume()
    }

    /// Waits until the gate is open.
    func wait() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if case .open = state { return true }
                state = .closed(continuation)
                return false
            }
            if isOpen { continuation.resume() }
        }
    }
}

extension Action {
    /// The rough duration of the step, in seconds for a cloud's services.
    fileprivate var effort: Int {
        switch self {
        case .copyImages, .create, .replace, .start, .restart, .verify, .keep: 4
        case .runJob: 4
        case .configure, .register, .vacate, .withdraw, .deregister: 2
        case .createNetwork, .removeNetwork, .attach, .remove, .stop, .rename, .grant, .removeVolume: 1
        }
    }

    /// Whether the step starts a process in place of one that serves.
    var startsAnew: Bool {
        switch self {
        case .replace, .restart, .configure: true
        default: false
        }
    }
}
