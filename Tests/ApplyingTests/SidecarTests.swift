import Model
import TestTools
import Testing

@testable import Applying

/// The fate of sidecars when their members' containers end.
@Suite struct SidecarTests {
    /// A member `web1` whose container `old` has the sidecars `auditor`, which runs, and `reaper`, which does not.
    private func trial(files: [String: String]? = nil) -> Trial {
        var trial = Trial()
        trial.addContainer("old", of: "web1", files: files)
        for (name, state) in [("auditor", ObservedContainer.State.running), ("reaper", .exited)] {
            let full = DesiredMember.name(ofSidecar: name, of: "web1")
            trial.add(full)
            trial[full].probe = nil
            trial[full].sidecarOf = "web1"
            trial[full].specification.pod = "web1"
            trial[full].specification.sharesProcesses = true
            trial.addContainer(name, of: full, state: state)
            trial.observed.containers[trial.observed.containers.count - 1].pod = "old"
            trial.observed.containers[trial.observed.containers.count - 1].sidecarOf = "web1"
        }
        // A container in the same namespace that is no sidecar.
        trial.add("agent1")
        trial.addContainer("agent", of: "agent1")
        trial.observed.containers[trial.observed.containers.count - 1].pod = "old"
        return trial
    }

    private func replace(_ order: Replacement) -> Action {
        .replace(member: "web1", slot: .b, old: ["old"], replacement: nil, order: order)
    }

    @Test func endBeforeTheirMember() async throws {
        let trial = trial()
        try await trial.run(.stop(member: "web1", container: "old"))
        #expect(trial.deeds == ["stop auditor", "stop old"])
        // An engine that starts again leaves all of them stopped.
        #expect(trial.recorder.keepsRunning("auditor") == false)
        #expect(trial.recorder.keepsRunning("old") == false)
        #expect(trial.engine["agent"]?.state == .running)
    }

    @Test func endBeforeTheirMemberIsRemoved() async throws {
        let trial = trial()
        try await trial.run(.remove(member: "web1", container: "old"))
        #expect(trial.deeds == ["stop auditor", "stop old", "remove old"])
    }

    /// One that a step before has removed is not recorded again.
    @Test func thatAreGoneAreLeftAlone() async throws {
        let trial = trial()
        try await trial.run([
            Trial.step(.remove(member: "web1.auditor", container: "auditor")),
            Trial.step(.remove(member: "web1", container: "old"), after: [0]),
        ])
        #expect(trial.deeds == ["stop auditor", "remove auditor", "stop old", "remove old"])
        #expect(trial.recorder.keepsRunning("auditor") == nil)
    }

    @Test func endBeforeTheirMemberRestarts() async throws {
        let trial = trial()
        try await trial.run([
            Trial.step(.restart(member: "web1", container: "old")),
            Trial.step(.restart(member: "web1.auditor", container: "auditor"), after: [0]),
        ])
        #expect(
            trial.deeds == [
                "stop auditor", "restart old", "keep old running", "old at 198.18.0.11 is healthy",
                "restart auditor", "keep auditor running",
            ])
        #expect(trial.recorder.keepsRunning("auditor") == true)
    }

    @Test func endBeforeTheirMemberIsReplacedAndJoinTheNewOne() async throws {
        let trial = trial()
        try await trial.run([
            Trial.step(replace(.stopFirst)),
            Trial.step(
                .replace(
                    member: "web1.auditor", slot: .b, old: ["auditor"], replacement: nil, order: .stopFirst),
                after: [0]),
        ])
        #expect(
            trial.deeds == [
                "create cloud-web1.b as made-1", "put .manifest.json, web.conf into made-1", "stop auditor",
                "stop old", "start made-1", "made-1 at 198.18.0.21 is healthy",
                "remove old", "stop auditor", "remove auditor", "create cloud-web1.auditor.b as made-2",
                "start made-2",
            ])
        #expect(trial.engine["made-2"]?.request?.pod == "made-1")
    }

    /// Where a member never stops serving, its sidecars go on until the old container ends.
    @Test func endWithTheOldContainerWhereTheNewOneStartsFirst() async throws {
        let trial = trial()
        try await trial.run(replace(.startFirst))
        #expect(
            trial.deeds == [
                "create cloud-web1.b as made-1", "put .manifest.json, web.conf into made-1", "start made-1",
                "made-1 at 198.18.0.21 is healthy", "stop auditor", "stop old", "remove old",
            ])
    }

    @Test func runAgainWhereTheNewContainerFails() async throws {
        let trial = trial()
        trial.prober.answer("made-1") { _ in false }
        #expect(await trial.failure(KeptOld.self, of: replace(.stopFirst)) != nil)
        #expect(
            trial.deeds.drop { $0 != "remove made-1" } == [
                "remove made-1", "start old", "keep old running", "old at 198.18.0.11 is healthy", "start auditor",
                "keep auditor running",
            ])
        // What did not run before does not run afterwards.
        #expect(trial.engine["reaper"]?.state == .exited)
        #expect(trial.recorder.keepsRunning("auditor") == true)
    }

    @Test func aSidecarThatDoesNotStartAgainDoesNotHideTheCause() async throws {
        let trial = trial()
        trial.prober.answer("made-1") { _ in false }
        trial.engine.fail(.start, call: 3)
        #expect(await trial.failure(KeptOld.self, of: replace(.stopFirst))?.cause is Unhealthy)
        #expect(trial.reporter.notes.contains { $0.hasPrefix("web1.auditor did not start again: ") })
    }

    @Test func runAgainWhereTheMemberHasItsEarlierFilesAgain() async throws {
        let trial = trial(files: ["web.conf": "earlier"])
        let engine = trial.engine
        trial.prober.answer("old") { _ in engine["old"]?.files["web.conf"]?.text == "earlier" }
        #expect(
            await trial.failure(
                KeptFiles.self, of: .configure(member: "web1", container: "old", files: ["web.conf"], cost: .restart))
                != nil)
        #expect(trial.engine["old"]?.files["web.conf"]?.text == "earlier")
        #expect(trial.engine["auditor"]?.state == .running)
        #expect(trial.deeds.suffix(3) == ["old at 198.18.0.11 is healthy", "start auditor", "keep auditor running"])
    }

    /// The front knows members only.
    @Test func areRemovedWithoutTheFront() async throws {
        var trial = trial()
        trial.addFront()
        trial.observed.containers = trial.observed.containers.map { container in
            var container = container
            container.service = "web"
            return container
        }
        try await trial.run(.remove(member: "web1.auditor", container: "auditor"))
        #expect(trial.deeds == ["stop auditor", "remove auditor"])
    }
}
