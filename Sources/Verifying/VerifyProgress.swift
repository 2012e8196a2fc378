import Clouds
import Conformance
import System

/// Shows the progress of the tests, and each failure as it occurs.
final class VerifyProgress: Sendable {
    private struct State {
        var results: [TestName: TestResult]
        var running: [TestName] = []
    }

    private let total: Int
    private let state: Locked<State>
    private let progress: any WorkProgress
    private let step = Locked<(any WorkStep)?>(nil)

    /// - Parameter known: results of an earlier run, which this one goes on with.
    init(_ progress: any WorkProgress, total: Int, known: [TestResult]) {
        self.progress = progress
        self.total = total
        state = Locked(State(results: Dictionary(known.map { ($0.test, $0) }, uniquingKeysWith: { $1 })))
    }

    var results: [TestResult] { Array(state.value.results.values) }

    /// Shows the tests as a step while `body` runs them.
    func show(_ body: () async throws -> Void) async throws {
        let begun = progress.begin("tests")
        step.withLock { $0 = begun }
        begun.say(words)
        do {
            try await body()
            begun.end(.done(note: words))
        } catch {
            begun.end(.failed(error is CancellationError ? error : Stopped(description: words)))
            // The next run removes the objects that were made for the tests, and makes them anew.
            progress.note("`minke verify --continue` goes on from here")
            throw error
        }
    }

    func note(_ event: SuiteEvent) {
        state.withLock { state in
            switch event {
            case .total: break
            case .begin(let test): state.running.append(test)
            case .end(let result):
                state.running.removeAll { $0 == result.test }
                state.results[result.test] = result
            }
        }
        if case .end(let result) = event, result.status == .failed {
            progress.note("failed \(result.test.name): \(result.shortReason)")
        }
        step.value?.say(words)
    }

    /// The end of the tests by an error, which is told at the end: how far they came.
    private struct Stopped: Error, CustomStringConvertible {
        let description: String
    }

    private var words: String {
        let state = state.value
        let failed = state.results.values.count { $0.status == .failed }
        let skipped = state.results.values.count { $0.status == .skipped }
        let running = state.running.last.map { ", \($0.name.split(separator: ".").suffix(2).joined(separator: "."))" }
        return "\(state.results.count) of \(total), \(failed) failed, \(skipped) skipped\(running ?? "")"
    }
}
