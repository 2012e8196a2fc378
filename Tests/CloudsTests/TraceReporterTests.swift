import Applying
import Model
import Synchronization
import System
import Testing

@testable import Clouds

@Suite struct TraceReporterTests {
    @Test func givesStepsThatRunTogetherLanesOfTheirOwn() throws {
        let heard = Heard()
        let before = Double(millisecondsSince1970()) / 1000
        let trace = TraceReporter(heard, environment: "cloud")
        let steps = ["a1", "b1", "c1"].map {
            Step(.create(member: $0, slot: .a, leftover: nil), reason: "missing", host: "local")
        }
        trace.started(steps[0], number: 0)
        trace.started(steps[1], number: 1)
        trace.note(steps[1], number: 1, text: "waiting")
        trace.finished(steps[0], number: 0, seconds: 1)
        trace.started(steps[2], number: 2)
        trace.failed(steps[1], number: 1, error: Problems("no image"))
        trace.finished(steps[2], number: 2, seconds: 1)
        let events = try #require(trace.value["traceEvents"]?.list)
        let lines = events.map { event in
            let words = [event["ph"], event["name"], event["tid"]].map { $0?.string ?? $0?.int.map { "\($0)" } ?? "-" }
            return words.joined(separator: " ")
        }
        #expect(
            lines == [
                "M process_name -", "i waiting 2", "X create a1 1", "X create b1 2", "X create c1 1",
            ])
        #expect(events[3]["args"]?["error"]?.string == "no image")
        let began = try #require(trace.value["otherData"]?["began"])
        guard case .double(let moment) = began else { throw Problems("the trace began at \(began)") }
        #expect(before <= moment && moment <= Double(millisecondsSince1970()) / 1000)
        #expect(heard.words.value == ["a1", "b1", "waiting", "-a1", "c1", "!b1", "-c1"])
    }
}

/// A reporter that remembers what it was told.
private struct Heard: Reporter {
    final class Words: Sendable {
        private let list = Mutex<[String]>([])
        var value: [String] { list.withLock { $0 } }
        func add(_ word: String) { list.withLock { $0.append(word) } }
    }

    let words = Words()

    func started(_ step: Step, number: Int) { words.add(String(step.title.dropFirst(7))) }
    func finished(_ step: Step, number: Int, seconds: Double) { words.add("-" + step.title.dropFirst(7)) }
    func failed(_ step: Step, number: Int, error: any Error) { words.add("!" + step.title.dropFirst(7)) }
    func skipped(_ step: Step, number: Int) {}
    func note(_ step: Step, number: Int, text: String) { words.add(text) }
}
