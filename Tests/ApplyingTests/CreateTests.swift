import Model
import Testing

@testable import Applying

/// The creation of members.
@Suite struct CreateTests {
    private let create = Action.create(member: "web1", slot: .a, leftover: nil)

    @Test func recordsAMemberThatIsHealthy() async throws {
        let trial = Trial()
        try await trial.run(create)
        #expect(
            trial.journal.lines == [
                "forget member web1",
                "create cloud-web1 as made-1",
                "record that made-1 is kept running",
                "put .manifest.json, web.conf into made-1",
                "record the files of made-1",
                "start made-1",
                "made-1 at 198.18.0.11 is healthy",
                "record member web1",
            ])
        #expect(trial.recorder.record(of: .member("web1")) == DoneRecord(inputs: "made-1", anchor: nil))
        #expect(trial.recorder.manifest(of: "made-1")?.files == ["web.conf": "digest of new"])
        #expect(trial.reporter.events == ["started create web1", "finished create web1"])
    }

    @Test func labelsTheContainerAndItsVolumes() async throws {
        var trial = Trial()
        trial["web1"].labels = ["tier": "first"]
        try await trial.run(.create(member: "web1", slot: .b, leftover: nil))
        let request = try #require(trial.engine["made-1"]?.request)
        #expect(request.name == "cloud-web1.b")
        #expect(request.address == IPv4Address(198, 18, 0, 21))
        #expect(request.filesVolume == "cloud-web1.b-files")
        #expect(request.volumeLabels == [Labels.environment: "cloud", Labels.member: "web1"])
        #expect(
            request.labels == [
                "tier": "first", Labels.environment: "cloud", Labels.region: "one", Labels.host: "local",
                Labels.service: "web", Labels.member: "web1", Labels.role: "member", Labels.recipe: "web",
                Labels.specification: "wanted", Labels.slot: "b",
            ])
    }

    /// The container's own manifest, from which a lost store is rebuilt.
    @Test func putsSecretsAndAddressesBesideTheFiles() async throws {
        var trial = Trial()
        trial.contents.secrets = ["web": ["password": "s3cret"], "other": ["password": "another"]]
        try await trial.run(create)
        let own = try #require(trial.engine["made-1"]?.files[ManifestFile.path])
        #expect(own.mode == 0o600 && own.owner == 0)
        let content = try JSON.parse(own.text).decode(ManifestFile.self)
        #expect(content.manifest == trial.recorder.manifest(of: "made-1"))
        #expect(content.secrets == ["password": "s3cret"])
        #expect(content.addresses == [IPv4Address(198, 18, 0, 11), IPv4Address(198, 18, 0, 21)])
        #expect(trial.engine["made-1"]?.files["web.conf"]?.text == "new")
    }

    @Test func putsNothingIntoAMemberWithoutFiles() async throws {
        var trial = Trial()
        trial["web1"].files = []
        trial.contents.files = [:]
        try await trial.run(create)
        #expect(trial.deeds == ["create cloud-web1 as made-1", "start made-1", "made-1 at 198.18.0.11 is healthy"])
        #expect(trial.recorder.manifest(of: "made-1")?.files == [:])
    }

    @Test func removesAnUnfinishedContainerFirst() async throws {
        var trial = Trial()
        trial.addContainer("left", of: "web1", state: .created)
        try await trial.run(.create(member: "web1", slot: .a, leftover: "left"))
        #expect(
            trial.journal.lines.prefix(4) == [
                "remove left", "forget left", "forget member web1", "create cloud-web1 as made-1",
            ])
    }

    /// The next run finds it, with whatever the user has mended meanwhile.
    @Test func leavesAMemberThatDoesNotBecomeHealthyWithoutARecord() async throws {
        let trial = Trial()
        trial.prober.answer("made-1") { _ in false }
        let error = try #require(await trial.failure(Unhealthy.self, of: create))
        #expect(error.member == "web1")
        #expect(trial.engine["made-1"]?.state == .running)
        #expect(trial.recorder.record(of: .member("web1")) == nil)
        #expect(trial.reporter.events == ["started create web1", "failed create web1"])
    }

    @Test(arguments: [FakeEngine.Operation.create, .put, .start])
    func stopsWhereTheEngineRefuses(_ operation: FakeEngine.Operation) async throws {
        let trial = Trial()
        trial.engine.fail(operation)
        #expect(await trial.failure(EngineRefusal.self, of: create) != nil)
        #expect(trial.journal.lines.last?.hasSuffix(": refused") == true)
        #expect(trial.prober.tries(of: "made-1") == 0)
    }

    @Test func joinsThePodThatRuns() async throws {
        var trial = Trial()
        trial.add("node1")
        trial.addContainer("holder", of: "node1")
        trial["web1"].specification.pod = "node1"
        try await trial.run(create)
        #expect(trial.engine["made-1"]?.request?.pod == "holder")
    }

    /// The container that a step before has made stands for the pod, not the one that was observed.
    @Test func joinsThePodThatWasReplaced() async throws {
        var trial = Trial()
        trial.add("node1")
        trial.addContainer("holder", of: "node1")
        trial["web1"].specification.pod = "node1"
        try await trial.run([
            Trial.step(
                .replace(member: "node1", slot: .b, old: ["holder"], replacement: nil, order: .startFirst)),
            Trial.step(create, after: [0]),
        ])
        #expect(trial.engine["made-2"]?.request?.pod == "made-1")
    }

    @Test func needsThePod() async throws {
        var trial = Trial()
        trial["web1"].specification.pod = "node1"
        #expect(await trial.failure(UnknownMember.self, of: create)?.name == "node1")
        #expect(trial.engine.count(.create) == 0)
    }

    /// A renewed volume is noticed by its making.
    @Test func recordsTheVolumesThatItRestsOn() async throws {
        var trial = Trial()
        trial["web1"].anchors = ["data", "lost"]
        let kept = DataVolume(name: "data", service: "web", recipeName: "data", owner: "web1", contents: "pages")
        let absent = DataVolume(name: "lost", service: "web", recipeName: "lost", owner: "web1", contents: "drafts")
        trial["web1"].data = [kept, absent]
        trial.engine.state.withLock { $0.volumes = ["data": "on Monday"] }
        try await trial.run(create)
        #expect(trial.recorder.record(of: .member("web1"))?.anchor == "on Monday ")
        #expect(trial.recorder.volumes == [KnownVolume(host: Trial.here, volume: kept)])
    }
}
