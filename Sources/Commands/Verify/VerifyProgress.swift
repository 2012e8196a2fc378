import Conformance
import System

/// Shows how far the tests are, and each failure as it occurs.
final class VerifyProgress: Sendable {
    private struct State {
        var results: [TestName: TestResult]
        var running: [TestName] = []
    }

    private let total: Int
    private let display: StepDisplay
    private let step: StepDisplay.Step
    private let state: Locked<State>

    /// - Parameter known: results of an earlier run, which this one goes on with.
    init(total: Int, known: [TestResult], display: StepDisplay) {
        self.total = total
        self.display = display
        state = Locked(State(results: Dictionary(known.map { ($0.test, $0) }, uniquingKeysWith: { $1 })))
        step = display.begin("tests")
        display.say(words, of: step)
    }

    var results: [TestResult] { Array(state.value.results.values) }

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
            display.note("failed \(result.test.name): \(result.shortReason)")
        }
        display.say(words, of: step)
    }

    func close() { display.end(step, .done(words)) }

    private var words: String {
        let state = state.value
        let failed = state.results.values.count { $0.status == .failed }
        let skipped = state.results.values.count { $0.status == .skipped }
        let running = state.running.last.map { ", \($0.name.split(separator: ".").suffix(2).joined(separator: "."))" }
        return "\(state.results.count) of \(total), \(failed) failed, \(skipped) skipped\(running ?? "")"
    }
}
