import Model
import Testing

@testable import Applying

/// Replacements in which the new container starts beside the old one.
@Suite struct StartFirstTests {
    private let replace = Action.replace(
        member: "web1", slot: .b, old: ["old"], replacement: nil, order: .startFirst)

    private func trial(state: ObservedContainer.State = .running) -> Trial {
        var trial = Trial()
        trial["web1"].replacement = .startFirst
        trial["web1"].drain = .seconds(20)
        trial.addContainer("old", of: "web1", state: state)
        return trial
    }

    @Test func keepsTheOldOneUntilTheFrontHasTheNewOne() async throws {
        var trial = trial()
        trial.addFront()
        try await trial.run(replace)
        #expect(
            trial.journal.lines == [
                "forget member web1",
                "create cloud-web1.b as made-1",
                "record that made-1 is kept running",
                "put .manifest.json, web.conf into made-1",
                "record the files of made-1",
                "start made-1",
                "made-1 at 198.18.0.21 is healthy",
                "in front: front-ready pool web1-b 60",
                "record member web1",
                "in front: front-drain pool web1-a 20",
                "record that old is not kept running",
                "stop old",
                "remove old",
                "forget old",
            ])
        #expect(trial.recorder.record(of: .member("web1"))?.inputs == "made-1")
    }

    @Test func removesANewOneThatDoesNotBecomeHealthy() async throws {
        var trial = trial()
        trial.addFront()
        trial.prober.answer("made-1") { _ in false }
        let error = try #require(await trial.failure(KeptOld.self, of: replace))
        #expect(error.cause is Unhealthy)
        #expect(error.description.hasSuffix("\nthe old container of web1 serves on"))
        #expect(trial.engine["made-1"] == nil)
        #expect(trial.engine["old"]?.state == .running)
        #expect(
            trial.deeds.drop { $0 != "start made-1" } == [
                "start made-1", "made-1 at 198.18.0.21 is not healthy", "stop made-1", "remove made-1", "start old",
                "keep old running", "old at 198.18.0.11 is healthy",
            ])
        #expect(trial.recorder.record(of: .member("web1")) == nil)
        #expect(trial.recorder.keepsRunning("old") == true)
    }

    /// A front that does not send requests to a member that answers has its reasons.
    @Test func removesANewOneThatTheFrontDoesNotTake() async throws {
        var trial = trial()
        trial.addFront()
        trial.engine.answer("front-ready", status: 1, errors: "still down")
        let error = try #require(await trial.failure(KeptOld.self, of: replace))
        #expect((error.cause as? CommandFailure)?.description.hasSuffix("ended with 1: still down") == true)
        #expect(trial.engine["made-1"] == nil && trial.engine["old"]?.state == .running)
        #expect(!trial.deeds.contains { $0.contains("front-drain") })
    }

    /// A later step works with the container that serves.
    @Test func hasLaterStepsUseTheOldOneThatServesOn() async throws {
        var trial = trial()
        trial.addFront()
        trial.engine.answer("front-ready", status: 1)
        var grant = DesiredGrant(service: "shop", requirement: "pages", provider: "web1", exec: ["give"])
        grant.inputs = "inputs"
        trial.desired.grants = [grant]
        trial.width = 1
        let steps = [Trial.step(replace), Trial.step(.grant(service: "shop", requirement: "pages"))]
        await #expect(throws: ApplyFailure.self) { try await trial.run(steps) }
        #expect(trial.deeds.last == "in old: give < input of shop/pages")
    }

    @Test func saysWhereTheOldOneDoesNotServeEither() async throws {
        let trial = trial()
        trial.prober.answer("made-1") { _ in false }
        trial.prober.answer("old") { _ in false }
        let error = try #require(await trial.failure(LostOld.self, of: replace))
        #expect(error.cause is Unhealthy && error.answer is Unhealthy)
        #expect(
            error.description.contains("\nweb1 could not go back to how it was before: web1 did not become healthy"))
    }

    /// An interrupted run has left it; it only has to be waited for.
    @Test func takesAReplacementThatIsThere() async throws {
        var trial = trial()
        trial.addContainer("new", of: "web1", slot: .b)
        try await trial.run(
            .replace(member: "web1", slot: .b, old: ["old"], replacement: "new", order: .startFirst))
        #expect(
            trial.deeds == ["start new", "new at 198.18.0.21 is healthy", "stop old", "remove old"])
        #expect(trial.recorder.record(of: .member("web1"))?.inputs == "new")
    }

    /// One in the new one's slot has its name and address.
    @Test func retiresAnOldOneInTheWayBefore() async throws {
        var trial = trial()
        trial.addFront()
        try await trial.run(
            .replace(member: "web1", slot: .a, old: ["old"], replacement: nil, order: .startFirst))
        #expect(
            trial.deeds == [
                "in front: front-drain pool web1-a 20", "stop old", "remove old", "create cloud-web1 as made-1",
                "put .manifest.json, web.conf into made-1", "start made-1", "made-1 at 198.18.0.11 is healthy",
                "in front: front-ready pool web1-a 60",
            ])
    }

    /// A container in a pod's network namespace that is gone has no network.
    @Test func retiresAnOldOneOfAFormerPodBefore() async throws {
        var trial = trial()
        trial.add("node1")
        trial.addContainer("holder", of: "node1")
        trial["web1"].specification.pod = "node1"
        trial.observed.containers[0].pod = "former holder"
        try await trial.run(replace)
        #expect(trial.deeds.prefix(3) == ["stop old", "remove old", "create cloud-web1.b as made-1"])
    }

    @Test(arguments: [ObservedContainer.State.exited, .paused, .created, .dead])
    func removesAnOldOneThatDoesNotRunFirst(_ state: ObservedContainer.State) async throws {
        let trial = trial(state: state)
        try await trial.run(replace)
        #expect(trial.deeds.prefix(2) == ["remove old", "create cloud-web1.b as made-1"])
    }

    @Test func givesTheCauseWhereNothingServes() async throws {
        let trial = trial(state: .exited)
        trial.prober.answer("made-1") { _ in false }
        #expect(await trial.failure(Unhealthy.self, of: replace) != nil)
        #expect(trial.engine["made-1"]?.state == .running)
    }
}
