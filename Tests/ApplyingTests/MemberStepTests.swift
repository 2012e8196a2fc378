import Model
import Testing

@testable import Applying

/// The smaller steps: those that confirm, start, stop and rename a member's container, and those for networks and
/// volumes.
@Suite struct MemberStepTests {
    private func trial(state: ObservedContainer.State = .running) -> Trial {
        var trial = Trial()
        trial.addContainer("web", of: "web1", slot: .b, state: state)
        return trial
    }

    @Test func verifies() async throws {
        let trial = trial()
        try await trial.run(.verify(member: "web1", container: "web"))
        #expect(trial.journal.lines == ["web at 198.18.0.21 is healthy", "record member web1"])
    }

    @Test func keepsRunning() async throws {
        let trial = trial()
        try await trial.run(.keep(member: "web1", container: "web"))
        #expect(
            trial.journal.lines == [
                "keep web running", "record that web is kept running", "web at 198.18.0.21 is healthy",
                "record member web1",
            ])
    }

    @Test func starts() async throws {
        let trial = trial(state: .exited)
        try await trial.run(.start(member: "web1", container: "web"))
        #expect(
            trial.journal.lines == [
                "forget member web1", "start web", "keep web running", "record that web is kept running",
                "web at 198.18.0.21 is healthy", "record member web1",
            ])
    }

    /// The record comes first: a container that a run has stopped before its end is known to be stopped.
    @Test func stops() async throws {
        let trial = trial()
        try await trial.run(.stop(member: "web1", container: "web"))
        #expect(trial.journal.lines == ["record that web is not kept running", "stop web"])
        #expect(trial.engine["web"]?.isKeptRunning == false)
    }

    @Test func renames() async throws {
        let trial = trial()
        try await trial.run(.rename(member: "web1", container: "web", name: "cloud-web1"))
        #expect(
            trial.journal.lines == [
                "rename web to cloud-web1", "web at 198.18.0.21 is healthy", "record member web1",
            ])
    }

    @Test func takesAMemberWithoutAProbeThatRuns() async throws {
        var trial = trial()
        trial["web1"].probe = nil
        try await trial.run(.verify(member: "web1", container: "web"))
        #expect(trial.journal.lines == ["record member web1"])
    }

    @Test func refusesAMemberWithoutAProbeThatHasEnded() async throws {
        var trial = trial(state: .exited)
        trial["web1"].probe = nil
        trial.engine.change("web") { $0?.log = "out of memory\n" }
        let error = try #require(
            await trial.failure(Unhealthy.self, of: .verify(member: "web1", container: "web")))
        #expect(
            error.description
                == "web1 did not become healthy; it ended by itself\nits last log lines:\nout of memory")
        #expect(trial.journal.lines == [])
    }

    @Test func needsTheMember() async throws {
        let trial = trial()
        let error = await trial.failure(UnknownMember.self, of: .start(member: "other1", container: "web"))
        #expect(error?.description == "the environment has no member other1")
    }

    // MARK: Networks and volumes

    @Test func makesAndRemovesNetworksAndVolumes() async throws {
        let trial = trial()
        try await trial.run(.createNetwork(try #require(trial.desired.networks["local"]?.first)))
        try await trial.run(.attach(interface: "eth1", network: "outside"))
        try await trial.run(.removeNetwork(name: "cloud"))
        try await trial.run(.removeVolume(name: "data"))
        #expect(
            trial.journal.lines == [
                "create network cloud of cloud", "attach eth1 to outside", "remove network cloud", "remove volume data",
            ])
    }

    // MARK: Hosts

    @Test func worksOnTheHostOfTheStep() async throws {
        var trial = trial()
        let other = FakeEngine(Journal())
        trial.hosts["far"] = other
        var step = Trial.step(.create(member: "web1", slot: .a, leftover: nil))
        step.host = "far"
        try await trial.run([step])
        #expect(other["made-1"]?.state == .running)
        #expect(trial.engine.count(.create) == 0)
    }

    @Test func needsTheHostOfTheStep() async throws {
        let trial = trial()
        var step = Trial.step(.stop(member: "web1", container: "web"))
        step.host = "far"
        let steps = [step]
        await #expect(throws: ApplyFailure.self) { try await trial.run(steps) }
        #expect(trial.reporter.events == ["started stop web1 on far", "failed stop web1 on far"])
    }

    /// A volume is asked for where the members that use it are.
    @Test func looksForAnchorsOnTheirHosts() async throws {
        var trial = trial()
        let other = FakeEngine(Journal())
        other.state.withLock { $0.volumes = ["data": "on Tuesday"] }
        trial.hosts["far"] = other
        trial.desired.members.append(
            DesiredMember(
                identity: MemberIdentity(region: "one", host: "far", environment: "cloud", member: "base1"),
                service: "base", recipe: "base", specification: ContainerSpecification()))
        trial["base1"].specification.mounts = [ContainerSpecification.Mount(volume: "data", path: "/data")]
        trial["web1"].anchors = ["data"]
        try await trial.run(.verify(member: "web1", container: "web"))
        #expect(trial.recorder.record(of: .member("web1"))?.anchor == "on Tuesday")
    }
}
