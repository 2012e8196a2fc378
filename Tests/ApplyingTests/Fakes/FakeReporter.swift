import Model
import System

@testable import Applying

/// A reporter that remembers the words it was told.
final class FakeReporter: Reporter {
    private let told = Locked((events: [String](), notes: [String]()))

    /// The steps' beginnings and ends, as `started create web1`.
    var events: [String] { told.value.events }
    var notes: [String] { told.value.notes }

    private func tell(_ event: String, _ step: Step) { told.withLock { $0.events.append("\(event) \(step.title)") } }

    func started(_ step: Step, number: Int) { tell("started", step) }
    func finished(_ step: Step, number: Int, seconds: Double) { tell("finished", step) }
    func failed(_ step: Step, number: Int, error: any Error) { tell("failed", step) }
    func skipped(_ step: Step, number: Int) { tell("skipped", step) }
    func note(_ step: Step, number: Int, text: String) { told.withLock { $0.notes.append(text) } }
}
