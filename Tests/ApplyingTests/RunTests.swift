import Model
import System
import TestTools
import Testing

@testable import Applying

/// A run of a whole plan.
@Suite struct RunTests {
    private func grant(_ number: Int) -> Action { .grant(service: "web", requirement: "\(number)") }

    /// A trial with grants 0, 1 and so on in the container `base`, by the command `give NUMBER`.
    private func trial(grants: Int = 4) -> Trial {
        var trial = Trial()
        trial.add("base1")
        trial.addContainer("base", of: "base1")
        trial.desired.grants = (0..<grants).map { number in
            DesiredGrant(service: "web", requirement: "\(number)", provider: "base1", exec: ["give", "\(number)"])
        }
        return trial
    }

    @Test func doesNothingForAnEmptyPlan() async throws {
        let trial = trial()
        try await trial.run([])
        #expect(trial.journal.lines == [] && trial.reporter.events == [])
    }

    @Test func beginsNoStepWithoutTheLock() async throws {
        var trial = trial()
        trial.width = 1
        trial.recorder.losingLockAfter.withLock { $0 = "in base: give 0" }
        let error = try #require(
            await thrown(ApplyFailure.self) { try await trial.run([Trial.step(grant(0)), Trial.step(grant(1))]) })
        #expect(error.failed.map(\.0) == [Trial.step(grant(1))])
        #expect(!trial.journal.lines.contains { $0.hasPrefix("in base: give 1") })
    }

    @Test func skipsWhatIsBehindAFailure() async throws {
        let trial = trial()
        trial.engine.answer("give 0", status: 1, errors: "no")
        let steps = [
            Trial.step(grant(0)), Trial.step(.create(member: "web1", slot: .a, leftover: nil), after: [0]),
            Trial.step(.removeVolume(name: "data"), after: [1]), Trial.step(grant(3)),
        ]
        let error = try #require(await thrown(ApplyFailure.self) { try await trial.run(steps) })
        #expect(error.failed.map(\.0) == [steps[0]])
        #expect(error.skipped == [steps[1], steps[2]])
        #expect(
            error.description == """
                grant 0 to web failed: `give 0` ended with 1: no
                not begun: create web1, remove volume data
                finished work stays; run the same command again once the cause is fixed
                """)
        #expect(trial.recorder.record(of: .grant(service: "web", requirement: "3")) != nil)
        #expect(trial.reporter.events.suffix(2) == ["skipped create web1", "skipped remove volume data"])
        #expect(trial.engine.count(.create) == 0)
    }

    @Test func tellsEveryFailure() async throws {
        let trial = trial()
        trial.engine.answer("give", status: 1)
        let steps = (0..<4).map { Trial.step(grant($0)) }
        let error = try #require(await thrown(ApplyFailure.self) { try await trial.run(steps) })
        #expect(Set(error.failed.map(\.0)) == Set(steps))
        #expect(error.skipped.isEmpty)
    }

    /// Commands that wait until as many as the width are at work, and see no other one beside them.
    @Test(.timeLimit(.minutes(1)), arguments: [1, 3])
    func worksOnAsManyStepsAsItsWidth(_ width: Int) async throws {
        var trial = trial(grants: 9)
        trial.width = width
        let running = Locked((now: 0, most: 0, begun: 0))
        trial.engine.answer("give") {
            running.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1), $0.begun + 1) }
            while running.value.begun < width { await Task.yield() }
            for _ in 0..<100 { await Task.yield() }
            running.withLock { $0.now -= 1 }
            return Execution(status: 0, output: "", errors: "")
        }
        try await trial.run((0..<9).map { Trial.step(grant($0)) })
        #expect(running.value.most == width)
        #expect(running.value.begun == 9)
    }

    /// A new process takes processors from those that serve.
    @Test func startsAnewAsManyAsTheHostHasProcessors() async throws {
        var trial = trial()
        trial.engine.state.withLock { $0.processors = 1 }
        let members = ["web1", "web2", "web3"]
        for member in members {
            if member != "web1" { trial.add(member) }
            trial.addContainer(member, of: member)
        }
        try await trial.run(members.map { Trial.step(.restart(member: $0, container: $0)) })
        let order = trial.journal.lines.filter { $0.hasPrefix("restart") || $0.hasPrefix("record member") }
        #expect(
            order == [
                "restart web1", "record member web1", "restart web2", "record member web2", "restart web3",
                "record member web3",
            ])
    }

    /// The engine is asked for processors only where the answer matters.
    @Test func startsASingleOneAnewWithoutAsking() async throws {
        var trial = trial()
        trial.addContainer("web", of: "web1")
        try await trial.run(.restart(member: "web1", container: "web"))
        #expect(trial.engine.count(.processors) == 0)
    }

    // MARK: Cancellation

    @Test(.timeLimit(.minutes(1))) func endsWhereItIsCancelled() async throws {
        let trial = trial()
        let hasBegun = Locked(false)
        trial.engine.answer("give 0") {
            hasBegun.withLock { $0 = true }
            try await Task.sleep(for: .seconds(3600))
            return Execution(status: 0, output: "", errors: "")
        }
        let steps = [Trial.step(grant(0)), Trial.step(grant(1), after: [0])]
        let run = Task { try await trial.run(steps) }
        while !hasBegun.value { await Task.yield() }
        run.cancel()
        await #expect(throws: CancellationError.self) { try await run.value }
        #expect(trial.recorder.record(of: .grant(service: "web", requirement: "0")) == nil)
        #expect(trial.reporter.events == ["started grant 0 to web", "failed grant 0 to web", "skipped grant 1 to web"])
        #expect(trial.engine.count(.execute) == 1)
    }

    /// The next run finds both containers, and goes on.
    @Test(.timeLimit(.minutes(1))) func touchesNothingMoreWhereAReplacementIsCancelled() async throws {
        var trial = trial()
        trial.addContainer("old", of: "web1")
        let isProbed = Locked(false)
        trial.prober.answer("made-1") { _ in
            isProbed.withLock { $0 = true }
            // The answer comes when the run is cancelled.
            while !Task.isCancelled { await Task.yield() }
            return false
        }
        let replace = Action.replace(
            member: "web1", slot: .b, old: ["old"], replacement: nil, order: .startFirst)
        let steps = [Trial.step(replace)]
        let run = Task { [trial] in try await trial.run(steps) }
        while !isProbed.value { await Task.yield() }
        run.cancel()
        await #expect(throws: CancellationError.self) { try await run.value }
        #expect(trial.engine["old"]?.state == .running)
        #expect(trial.engine["made-1"]?.state == .running)
        #expect(trial.journal.lines.last == "made-1 at 198.18.0.21 is not healthy")
    }
}
