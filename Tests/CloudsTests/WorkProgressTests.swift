import System
import Testing

@testable import Clouds

@Suite struct WorkProgressTests {
    /// A listener that keeps what it is told.
    private final class Told: WorkProgress {
        let lines = Locked<[String]>([])

        func begin(_ title: String) -> any WorkStep {
            add("begin \(title)")
            return Step(told: self)
        }

        func note(_ text: String) { add("note \(text)") }

        func add(_ line: String) { lines.withLock { $0.append(line) } }
    }

    private struct Step: WorkStep {
        let told: Told

        func say(_ text: String) { told.add("say \(text)") }

        func end(_ outcome: WorkOutcome) {
            switch outcome {
            case .done(let note): told.add("done \(note ?? "-")")
            case .failed(let error): told.add("failed \(error)")
            }
        }
    }

    private struct Broken: Error, CustomStringConvertible { let description = "broken" }

    @Test func tellsHowStepsEnd() async throws {
        let told = Told()
        let result = try await told.run("count") { step in
            step.say("one")
            return (1, "all")
        }
        #expect(result == 1)
        await #expect(throws: Broken.self) {
            try await told.run("fail") { _ -> (Int, note: String?) in throw Broken() }
        }
        #expect(told.lines.value == ["begin count", "say one", "done all", "begin fail", "failed broken"])
    }
}
