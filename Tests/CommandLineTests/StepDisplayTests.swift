import Synchronization
import Testing

@testable import CommandLine

/// A screen that keeps its output, with a clock that tests advance.
private final class FakeScreen: Sendable {
    private let state = Mutex((time: Duration.zero, written: ""))

    func screen(isLive: Bool, rows: Int = 24, columns: Int = 40) -> StepScreen {
        StepScreen(
            isLive: isLive, size: { (rows, columns) }, now: { self.state.withLock { $0.time } },
            write: { text in self.state.withLock { $0.written += text } })
    }

    func advance(_ time: Duration) { state.withLock { $0.time += time } }

    /// Returns the output since the last call, with escape characters as `ESC`.
    func take() -> String {
        state.withLock { state in
            defer { state.written = "" }
            return state.written.split(separator: "\u{1b}", omittingEmptySubsequences: false).joined(separator: "ESC")
        }
    }
}

@Suite struct StepDisplayTests {
    @Test func writesPlainLinesIntoAPipe() async throws {
        let fake = FakeScreen()
        let display = StepDisplay(screen: fake.screen(isLive: false))
        display.expect(3)
        let first = display.begin("create keystone1")
        let second = display.begin("create glance-api1")
        display.say("pulling", of: second)
        fake.advance(.milliseconds(1230))
        display.end(first)
        fake.advance(.seconds(70))
        display.end(second, .failed("no such image"))
        display.note("a note")
        let third = display.begin("build nova")
        display.end(third, .done("up to date"))
        _ = display.begin("build heat")
        display.close()
        display.close()
        #expect(
            fake.take() == """
                done create keystone1 (1.2 s)
                failed create glance-api1 (1 min 11 s): no such image
                a note
                done build nova (0.0 s): up to date
                stopped build heat (0.0 s)

                """)
    }

    @Test func writesOutputIntoAPipeWhenAsked() {
        let fake = FakeScreen()
        let display = StepDisplay(screen: fake.screen(isLive: false), showsOutput: true)
        let step = display.begin("build nova")
        display.say("Unpacking nova", of: step)
        display.end(step)
        #expect(fake.take() == "build nova: Unpacking nova\ndone build nova (0.0 s)\n")
    }

    @Test func tellsAPipeWhatTakesLong() {
        let fake = FakeScreen()
        let display = StepDisplay(screen: fake.screen(isLive: false))
        let step = display.begin("create nova1")
        display.say("waiting for tcp 8774", of: step)
        fake.advance(.seconds(9))
        display.tick()
        #expect(fake.take() == "")
        fake.advance(.seconds(1))
        display.tick()
        #expect(fake.take() == "running create nova1 (10 s): waiting for tcp 8774\n")
        fake.advance(.seconds(10))
        display.tick()
        display.end(step)
        #expect(fake.take() == "done create nova1 (20 s)\n")
    }

    @Test func tellsAPipeAgainWhatElseIsWaitedForLong() {
        let fake = FakeScreen()
        let display = StepDisplay(screen: fake.screen(isLive: false), tellsAfter: .seconds(5))
        let step = display.begin("reload keystone1")
        func wait(_ text: String, _ seconds: Int) -> String {
            for _ in 0..<seconds {
                display.say(text, of: step)
                fake.advance(.seconds(1))
                display.tick()
            }
            return fake.take()
        }
        #expect(wait("waiting for `uwsgi-reload` to end", 4) == "")
        #expect(
            wait("waiting for `uwsgi-reload` to end", 9)
                == "running reload keystone1 (5.0 s): waiting for `uwsgi-reload` to end\n")
        #expect(wait("waiting for its probe: refused", 4) == "")
        #expect(wait("waiting for its probe: 503", 4) == "")
        #expect(
            wait("waiting for its probe: 503", 9) == "running reload keystone1 (22 s): waiting for its probe: 503\n")
        display.end(step)
        #expect(fake.take() == "done reload keystone1 (30 s)\n")
    }

    @Test func showsWhatIsWaitedForOnlyAfterAWhile() {
        let fake = FakeScreen()
        let display = StepDisplay(screen: fake.screen(isLive: true))
        let step = display.begin("reload a")
        display.say("waiting for its end", of: step)
        fake.advance(.seconds(1))
        display.tick()
        #expect(fake.take() == "reload a  0 s\nESC[1A\rESC[Jreload a  1 s\n")
        fake.advance(.seconds(1))
        display.tick()
        #expect(fake.take() == "ESC[1A\rESC[Jreload a  2 s  waiting for its end\n")
        display.end(step)
    }

    @Test func tellsAPipeEachBeginningWhenAsked() {
        let fake = FakeScreen()
        let display = StepDisplay(screen: fake.screen(isLive: false), tellsAfter: .zero)
        let step = display.begin("build nova")
        display.tick()
        display.end(step)
        #expect(fake.take() == "begun build nova\ndone build nova (0.0 s)\n")
    }

    @Test func drawsRunningStepsAgainBelowFinishedOnes() {
        let fake = FakeScreen()
        let display = StepDisplay(screen: fake.screen(isLive: true))
        let first = display.begin("create a")
        #expect(fake.take() == "create a  0 s\n")
        let second = display.begin("create b")
        #expect(fake.take() == "ESC[1A\rESC[Jcreate a  0 s\ncreate b  0 s\n")
        fake.advance(.milliseconds(2900))
        display.say("a line of output\tthat is longer than it may be", of: second)
        #expect(fake.take() == "")
        display.tick()
        #expect(fake.take() == "ESC[2A\rESC[Jcreate a  2 s\ncreate b  2 s  a line of output that i…\n")
        display.tick()
        #expect(fake.take() == "")
        display.end(first)
        #expect(
            fake.take()
                == "ESC[2A\rESC[Jdone create a (2.9 s)\ncreate b  2 s  a line of output that i…\n")
        display.close()
        #expect(fake.take() == "ESC[1A\rESC[Jstopped create b (2.9 s)\n")
    }

    @Test func leavesOutWhatHasNoRoom() {
        let fake = FakeScreen()
        let display = StepDisplay(screen: fake.screen(isLive: true, rows: 5, columns: 12))
        display.expect(9)
        for name in ["a", "b", "c", "d", "a-long-name"] { _ = display.begin(name) }
        _ = fake.take()
        fake.advance(.seconds(1))
        display.tick()
        #expect(fake.take() == "ESC[4A\rESC[Ja  1 s\nb  1 s\nand 3 more\n0 of 9 done\n")
        display.close()
    }

    @Test func runsABodyAsAStep() async throws {
        let fake = FakeScreen()
        let display = StepDisplay(screen: fake.screen(isLive: false))
        #expect(try await display.run("add") { _ in 1 + 1 } == 2)
        await #expect(throws: Refusal.self) { try await display.run("refuse") { _ in throw Refusal("no") } }
        await #expect(throws: CancellationError.self) {
            try await display.run("wait") { _ in throw CancellationError() }
        }
        #expect(fake.take() == "done add (0.0 s)\nfailed refuse (0.0 s): no\nstopped wait (0.0 s)\n")
    }
}
