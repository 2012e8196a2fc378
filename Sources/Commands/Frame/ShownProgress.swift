import Clouds
import CommandLine

/// The progress of a piece of work, shown on a display.
struct ShownProgress: WorkProgress {
    /// The display; nil where nothing is shown, as with `--json`.
    let display: StepDisplay?
    /// Whether an error is printed at its step; otherwise it is printed once, at the end of the command.
    var tellsErrors = true

    func begin(_ title: String) -> any WorkStep {
        guard let display else { return NoProgress() }
        return ShownStep(display: display, step: display.begin(title), tellsErrors: tellsErrors)
    }

    func note(_ text: String) { display?.note(text) }
}

/// A step of shown work.
private struct ShownStep: WorkStep {
    let display: StepDisplay
    let step: StepDisplay.Step
    let tellsErrors: Bool

    func say(_ text: String) { display.say(text, of: step) }

    func end(_ outcome: WorkOutcome) {
        switch outcome {
        case .done(let note): display.end(step, .done(note))
        case .failed(let error):
            display.end(step, tellsErrors || error is CancellationError ? .failed(error) : .failed("see below"))
        }
    }
}
