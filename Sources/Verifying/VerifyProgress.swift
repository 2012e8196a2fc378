import CommandLine
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
    private let step = Locked<StepDisplay.Step?>(nil)

    /// - Parameter known: results of an earlier run, which this one goes on with.
    init(total: Int, known: [TestResult]) {
        self.total = total
        state = Locked(State(results: Dictionary(known.map { ($0.test, $0) }, uniquingKeysWith: { $1 })))
    }

    var results: [TestResult] { Array(state.value.results.values) }

    /// Shows the tests as a step while `body` runs them.
    func show(on display: StepDisplay, _ body: () async throws -> Void) async throws {
        let begun = display.begin("tests")
        step.withLock { $0 = begun }
        display.say(words, of: begun)
        do {
            try await body()
            display.end(begun, .done(words))
        } catch {
            display.end(begun, error is CancellationError ? .stopped : .failed(words))
            // The next run removes the objects that were made for the tests, and makes them anew.
            display.note("`minke verify --continue` goes on from here")
            throw error
        }
    }

    func note(_ event: SuiteEvent, _ display: StepDisplay) {
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
            display.note("failed \(result.test.name): \(result.shortReason)")
        }
        if let step = step.value { display.say(words, of: step) }
    }

    private var words: String {
        let state = state.value
        let failed = state.results.values.count { $0.status == .failed }
        let skipped = state.results.values.count { $0.status == .skipped }
        let running = state.running.last.map { ", \($0.name.split(separator: ".").suffix(2).joined(separator: "."))" }
        return "\(state.results.count) of \(total), \(failed) failed, \(skipped) skipped\(running ?? "")"
    }
}
