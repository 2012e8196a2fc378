import Applying
import CommandLine
import Model
import System

/// A reporter that shows the progress of a plan's steps on the standard error.
final class StepProgress: Reporter {
    private let display: StepDisplay?
    private let running = Locked<[Int: StepDisplay.Step]>([:])
    private let isVerbose: Bool

    /// Makes a reporter, which shows nothing where the result is wanted as JSON.
    init(_ arguments: ParsedArguments, steps: Int) {
        display = arguments.wantsJSON ? nil : StepDisplay(.errors, tellsAfter: .seconds(5))
        isVerbose = arguments.isVerbose
        display?.expect(steps)
    }

    func started(_ step: Step, number: Int) {
        guard let display else { return }
        let shown = display.begin(step.title)
        running.withLock { $0[number] = shown }
    }

    func finished(_ step: Step, number: Int, seconds: Double) { end(number, .done()) }

    // The error itself is printed once, at the end, with all others.
    func failed(_ step: Step, number: Int, error: any Error) {
        end(number, error is CancellationError ? .stopped : .failed("see below"))
    }

    func skipped(_ step: Step, number: Int) {
        if isVerbose { display?.note("not begun \(step.title)") }
    }

    func note(_ step: Step, number: Int, text: String) {
        guard let display, let shown = running.withLock({ $0[number] }) else { return }
        display.say(text, of: shown)
    }

    /// Closes the display; must be called when the last step has ended.
    func close() { display?.close() }

    private func end(_ number: Int, _ outcome: StepDisplay.Outcome) {
        guard let display, let shown = running.withLock({ $0.removeValue(forKey: number) }) else { return }
        display.end(shown, outcome)
    }
}

extension ParsedArguments {
    /// Shows the steps of a plan while `work` carries them out.
    func showSteps(_ steps: Int, _ work: (any Reporter) async throws -> Void) async throws {
        let display = StepProgress(self, steps: steps)
        defer { display.close() }
        try await work(display)
    }
}
