import Glibc
import TestTools
import Testing

@testable import System

@Suite(.serialized) struct WaitingTests {
    struct NotYet: Error, CustomStringConvertible {
        var description: String { "not yet" }
    }

    @Test func pollsUntilThereIsAValue() async throws {
        var tries = 0
        let result = try await poll(every: .zero, within: .seconds(60), for: "three tries") { () -> Int? in
            tries += 1
            if tries == 1 { throw NotYet() }
            return tries == 3 ? tries : nil
        }
        #expect(result == 3)
    }

    @Test func pausesGrowWithTheTimeThatHasPassed() async throws {
        let clock = SleepingClock()
        await #expect(throws: TimedOut.self) {
            try await wait(
                every: .milliseconds(50), growingTo: .seconds(1), within: .seconds(20), for: "nothing", clock: clock
            ) { false }
        }
        let pauses = clock.pauses
        #expect(pauses.first == .milliseconds(50))
        // The last pause is cut to the time limit.
        #expect(Array(pauses.dropLast()) == pauses.dropLast().sorted())
        #expect(pauses.max() == .seconds(1))
        #expect(pauses.reduce(.zero, +) == .seconds(20))
    }

    @Test func leavesThreeQuartersOfTheTimeToOthersWhereChecksTakeLong() async throws {
        let clock = SleepingClock()
        let check = Duration.milliseconds(400)
        await #expect(throws: TimedOut.self) {
            try await wait(
                every: .milliseconds(50), growingTo: .seconds(2), within: .seconds(20), for: "nothing", clock: clock
            ) {
                try await clock.sleep(for: check)
                return false
            }
        }
        let pauses = clock.pauses.filter { $0 != check }.dropLast()
        #expect(pauses.first == .milliseconds(1200))
        #expect(pauses.contains { $0 > .milliseconds(1200) } && pauses.max() ?? .zero <= .seconds(2))
    }

    @Test func tellsWhatWasWaitedForAndTheLastFailure() async throws {
        let error = await thrown(TimedOut.self) {
            try await poll(every: .milliseconds(1), within: .milliseconds(3), for: "the door") { () -> Int? in
                throw NotYet()
            }
        }
        #expect(error?.description == "timed out after 3 ms waiting for the door: not yet")
    }

    @Test(arguments: [(1, "1 ms"), (1500, "1.5 s"), (2000, "2 s")])
    func tellsHowLong(milliseconds: Int, text: String) {
        let error = TimedOut("the door", after: .milliseconds(milliseconds))
        #expect(error.description == "timed out after \(text) waiting for the door")
    }

    @Test func deadlineCancelsTheBody() async throws {
        let error = await thrown(TimedOut.self) {
            try await withDeadline(.milliseconds(5), for: "a minute") { try await Task.sleep(for: .seconds(60)) }
        }
        #expect(error?.subject == "a minute")
        #expect(try await withDeadline(.seconds(60), for: "nothing") { 1 } == 1)
    }

    @Test func signalsArriveAsAStream() async throws {
        let stream = stopSignals()
        kill(getpid(), SIGTERM)
        kill(getpid(), SIGINT)
        var seen: Set<StopSignal> = []
        for await signal in stream {
            seen.insert(signal)
            if seen.count == 2 { break }
        }
        #expect(seen == [.interrupt, .terminate])
    }
}
