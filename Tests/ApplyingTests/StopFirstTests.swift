import Model
import Testing

@testable import Applying

/// Replacements of members that cannot run twice.
@Suite struct StopFirstTests {
    private let replace = Action.replace(
        member: "web1", slot: .b, old: ["old"], replacement: nil, order: .stopFirst)

    private func trial(state: ObservedContainer.State = .running) -> Trial {
        var trial = Trial()
        trial.addContainer("old", of: "web1", state: state)
        trial.addFront()
        return trial
    }

    @Test func stopsTheOldOneFirst() async throws {
        let trial = trial()
        try await trial.run(replace)
        #expect(
            trial.journal.lines == [
                "forget member web1",
                "create cloud-web1.b as made-1",
                "record that made-1 is kept running",
                "put .manifest.json, web.conf into made-1",
                "record the files of made-1",
                "forget member web1",
                "in front: front-drain pool web1-a 30",
                "record that old is not kept running",
                "stop old",
                "start made-1",
                "made-1 at 198.18.0.21 is healthy",
                // The front knows one server of a member that never runs twice.
                "in front: front-ready pool web1-a 60",
                "record member web1",
                "remove old",
                "forget old",
            ])
    }

    @Test func startsTheOldOneAgain() async throws {
        let trial = trial()
        trial.prober.answer("made-1") { _ in false }
        let error = try #require(await trial.failure(KeptOld.self, of: replace))
        #expect(error.cause is Unhealthy)
        #expect(
            trial.deeds.drop { $0 != "start made-1" } == [
                "start made-1", "made-1 at 198.18.0.21 is not healthy", "stop made-1", "remove made-1", "start old",
                "keep old running", "old at 198.18.0.11 is healthy",
                // The drained server gets requests again.
                "in front: front-ready pool web1-a 5",
            ])
        #expect(trial.engine["old"]?.isKeptRunning == true)
        #expect(trial.recorder.keepsRunning("old") == true)
        #expect(trial.recorder.record(of: .member("web1")) == nil)
    }

    @Test(arguments: [FakeEngine.Operation.create, .put, .start])
    func startsTheOldOneAgainWhereTheEngineRefuses(_ operation: FakeEngine.Operation) async throws {
        let trial = trial()
        trial.engine.fail(operation, call: 1)
        #expect(await trial.failure(KeptOld.self, of: replace)?.cause is EngineRefusal)
        #expect(trial.engine["old"]?.state == .running)
        // One that cannot be made interrupts nothing.
        #expect(trial.deeds.contains("stop old") == (operation == .start))
    }

    @Test func saysWhereBothFail() async throws {
        let trial = trial()
        trial.prober.answer("made-1") { _ in false }
        trial.prober.answer("old") { _ in false }
        let error = try #require(await trial.failure(LostOld.self, of: replace))
        #expect(error.cause is Unhealthy && error.answer is Unhealthy)
    }

    /// The first failure is the one to be mended.
    @Test func saysBothWhereTheOldOneCannotBeStarted() async throws {
        let trial = trial()
        trial.prober.answer("made-1") { _ in false }
        trial.engine.fail(.start, call: 2)
        let error = try #require(await trial.failure(LostOld.self, of: replace))
        #expect(error.cause is Unhealthy && error.answer is EngineRefusal)
        #expect(error.description.hasSuffix("\nweb1 could not go back to how it was before: the engine refuses"))
    }

    /// An engine that does not remove the new one leaves it to the next run.
    @Test func startsTheOldOneAgainThoughTheNewOneStays() async throws {
        let trial = trial()
        trial.prober.answer("made-1") { _ in false }
        trial.engine.fail(.remove)
        #expect(await trial.failure(KeptOld.self, of: replace) != nil)
        #expect(trial.engine["old"]?.state == .running)
        #expect(trial.recorder.manifest(of: "made-1") != nil)
    }

    /// A stopped container can be gone back to.
    @Test func keepsAStoppedOneUntilTheNewOneServes() async throws {
        let trial = trial(state: .exited)
        try await trial.run(replace)
        let deeds = trial.deeds
        let served = try #require(deeds.firstIndex(of: "made-1 at 198.18.0.21 is healthy"))
        let removed = try #require(deeds.firstIndex(of: "remove old"))
        #expect(served < removed)
    }

    @Test func startsAStoppedOneWhereTheNewOneFails() async throws {
        let trial = trial(state: .exited)
        trial.prober.answer("made-1") { _ in false }
        #expect(await trial.failure(KeptOld.self, of: replace) != nil)
        #expect(trial.engine["old"]?.state == .running)
    }
}
