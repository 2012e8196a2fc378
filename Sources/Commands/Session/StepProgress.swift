import Applying
import Model
import System

/// Tells on the standard error how steps go: a line when one ends, and in verbose runs also when one begins.
final class StepProgress: Reporter {
    private let isQuiet: Bool
    private let style = Style(for: .errors)

    init(isQuiet: Bool) { self.isQuiet = isQuiet }

    func started(_ step: Step, number: Int) {}

    func finished(_ step: Step, number: Int, seconds: Double) {
        if !isQuiet { printError("\(style.paint("done", .green)) \(step.title) (\(formatSeconds(seconds)))") }
    }

    func failed(_ step: Step, number: Int, error: any Error) {
        if !isQuiet { printError("\(style.paint("failed", .red)) \(step.title)") }
    }

    func skipped(_ step: Step, number: Int) {}

    func note(_ step: Step, number: Int, text: String) {}
}
