import Applying
import Model
import System

/// A recorder of the times of steps in the Trace Event Format, which Perfetto and Chrome read. Another reporter gets
/// all calls as well.
///
/// Times are in microseconds since the trace began; `otherData` has that moment, in seconds since 1970. Steps that ran at the same time are in lanes of their own.
package final class TraceReporter: Reporter {
    private struct State {
        package var events: [Value] = []
        /// The steps under way, by lane.
        package var lanes: [Int?] = []
        package var starts: [Int: Int] = [:]
    }

    private let next: (any Reporter)?
    private let environment: String
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private let moment: Double
    private let state = Locked(State())

    package init(_ next: (any Reporter)? = nil, environment: String) {
        self.next = next
        self.environment = environment
        start = clock.now
        moment = Double(millisecondsSince1970()) / 1000
    }

    package func started(_ step: Step, number: Int) {
        let now = microseconds()
        state.withLock { state in
            state.starts[number] = now
            if let free = state.lanes.firstIndex(of: nil) {
                state.lanes[free] = number
            } else {
                state.lanes.append(number)
            }
        }
        next?.started(step, number: number)
    }

    package func finished(_ step: Step, number: Int, seconds: Double) {
        end(step, number: number)
        next?.finished(step, number: number, seconds: seconds)
    }

    package func failed(_ step: Step, number: Int, error: any Error) {
        end(step, number: number, error: "\(error)")
        next?.failed(step, number: number, error: error)
    }

    package func skipped(_ step: Step, number: Int) { next?.skipped(step, number: number) }

    package func note(_ step: Step, number: Int, text: String) {
        let now = microseconds()
        state.withLock { state in
            let lane = state.lanes.firstIndex(of: number) ?? 0
            state.events.append(
                [
                    "name": .string(text), "ph": "i", "s": "t", "ts": .int(now), "pid": 1, "tid": .int(lane + 1),
                ])
        }
        next?.note(step, number: number, text: text)
    }

    package func write(to file: String) throws { try Files.writeGiven(JSON.text(value) + "\n", to: file) }

    /// The trace so far.
    package var value: Value {
        let events = state.withLock { $0.events }
        let name: Value = [
            "name": "process_name", "ph": "M", "pid": 1, "args": ["name": .string("minke up \(environment)")],
        ]
        return [
            "traceEvents": .list([name] + events), "displayTimeUnit": "ms", "otherData": ["began": .double(moment)],
        ]
    }

    private func end(_ step: Step, number: Int, error: String? = nil) {
        let now = microseconds()
        state.withLock { state in
            let lane = state.lanes.firstIndex(of: number) ?? 0
            if lane < state.lanes.count { state.lanes[lane] = nil }
            let begun = state.starts[number] ?? now
            state.events.append(
                [
                    "name": .string(step.title), "cat": .string(error == nil ? "step" : "failed"), "ph": "X",
                    "ts": .int(begun), "dur": .int(now - begun), "pid": 1, "tid": .int(lane + 1),
                    "args": [
                        "reason": .string(step.reason), "number": .int(number),
                        "after": .list(step.after.map(Value.int)), "error": error.map(Value.string) ?? .null,
                    ],
                ])
        }
    }

    private func microseconds() -> Int { Int((clock.now - start).seconds * 1_000_000) }
}
