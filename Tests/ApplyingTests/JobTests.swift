import Model
import System
import Testing

@testable import Applying

/// Short-lived containers that prepare a service.
@Suite struct JobTests {
    private let job = Action.runJob(service: "web", name: "migrate")

    private func trial(timeout: Duration = .seconds(60)) -> Trial {
        var trial = Trial()
        var job = DesiredJob(
            service: "web", name: "migrate", host: Trial.here, region: "one", specification: ContainerSpecification())
        job.inputs = "inputs"
        job.anchor = "data"
        job.timeout = timeout
        trial.desired.jobs = [job]
        trial.contents.jobFiles = ["web/migrate": [Trial.file("job.conf", "text")]]
        trial.engine.state.withLock { $0.volumes = ["data": "on Monday"] }
        return trial
    }

    @Test func recordsItsEnd() async throws {
        let trial = trial()
        try await trial.run(job)
        #expect(
            trial.journal.lines == [
                "create cloud-web-migrate as made-1",
                "put job.conf into made-1",
                "start made-1",
                "wait for made-1",
                "remove made-1",
                "record job web/migrate",
            ])
        #expect(
            trial.recorder.record(of: .job(service: "web", name: "migrate"))
                == DoneRecord(inputs: "inputs", anchor: "on Monday"))
    }

    @Test func asksForAJobsContainer() async throws {
        let trial = trial()
        // A container that stays can be looked at.
        trial.engine.fail(.remove)
        #expect(await trial.failure(EngineRefusal.self, of: job) != nil)
        let request = try #require(trial.engine["made-1"]?.request)
        #expect(request.address == nil && request.processorShares == 4096)
        #expect(
            request.labels == [
                Labels.environment: "cloud", Labels.region: "one", Labels.host: "local", Labels.service: "web",
                Labels.member: "migrate", Labels.role: "job",
            ])
    }

    @Test func runsTheJobOfAMember() async throws {
        var trial = trial()
        trial.desired.jobs[0].member = "web2"
        trial.contents.jobFiles = ["web2/migrate": [Trial.file("job.conf", "text")]]
        let job = Action.runJob(service: "web", name: "migrate", member: "web2")
        try await trial.run(job)
        #expect(trial.journal.lines.first == "create cloud-web2-migrate as made-1")
        #expect(trial.journal.lines.contains("put job.conf into made-1"))
        #expect(trial.journal.lines.last == "record job web/migrate for web2")
        #expect(
            trial.recorder.record(of: .memberJob(service: "web", name: "migrate", member: "web2"))
                == DoneRecord(inputs: "inputs", anchor: "on Monday"))
        #expect(trial.recorder.record(of: .job(service: "web", name: "migrate")) == nil)
        let other = Action.runJob(service: "web", name: "migrate", member: "web1")
        #expect(await trial.failure(UnknownMember.self, of: other)?.name == "web1/migrate")
    }

    @Test func asksForTheContainerOfAMembersJob() async throws {
        var trial = trial()
        trial.desired.jobs[0].member = "web2"
        trial.engine.fail(.remove)
        let job = Action.runJob(service: "web", name: "migrate", member: "web2")
        #expect(await trial.failure(EngineRefusal.self, of: job) != nil)
        let request = try #require(trial.engine["made-1"]?.request)
        #expect(
            request.labels == [
                Labels.environment: "cloud", Labels.region: "one", Labels.host: "local", Labels.service: "web",
                Labels.member: "migrate", Labels.worksFor: "web2", Labels.role: "job",
            ])
        #expect(
            request.volumeLabels == [
                Labels.environment: "cloud", Labels.service: "web", Labels.member: "web2",
            ])
    }

    @Test func tellsItsFailure() async throws {
        let trial = trial()
        trial.engine.end("cloud-web-migrate", with: 3)
        trial.engine.atEachLook(at: "made-1") { container, _ in container?.log = "no such table\n" }
        let error = try #require(await trial.failure(JobFailure.self, of: job))
        #expect(error.job == "web/migrate" && error.status == 3)
        #expect(error.description == "web/migrate ended with 3; its last log lines:\nno such table")
        #expect(trial.journal.lines.suffix(2) == ["wait for made-1", "remove made-1"])
    }

    /// The status is told even where the log cannot be read.
    @Test func tellsItsFailureWithoutALog() async throws {
        let trial = trial()
        trial.engine.end("cloud-web-migrate", with: 3)
        trial.engine.fail(.log)
        #expect(await trial.failure(JobFailure.self, of: job)?.log == "")
    }

    @Test(arguments: [FakeEngine.Operation.put, .start, .wait])
    func removesTheContainerWhereTheEngineRefuses(_ operation: FakeEngine.Operation) async throws {
        let trial = trial()
        trial.engine.fail(operation)
        #expect(await trial.failure(EngineRefusal.self, of: job) != nil)
        #expect(trial.journal.lines.last == "remove made-1")
        #expect(trial.engine["made-1"] == nil)
    }

    @Test func endsAtItsTimeLimit() async throws {
        let trial = trial(timeout: .milliseconds(5))
        trial.engine.end("cloud-web-migrate", with: nil)
        let error = try #require(await trial.failure(TimedOut.self, of: job))
        #expect(error.subject == "web/migrate")
        #expect(trial.journal.lines.last == "remove made-1")
    }

    // MARK: An earlier run

    @Test func waitsForAnEarlierRun() async throws {
        let trial = trial()
        trial.engine.change("left") { $0 = FakeEngine.Container(name: "cloud-web-migrate", state: .running) }
        try await trial.run(job)
        #expect(
            trial.journal.lines.prefix(3) == ["wait for left", "remove left", "create cloud-web-migrate as made-1"])
        #expect(trial.journal.lines.last == "record job web/migrate")
    }

    @Test func removesAnEarlierRunThatHasEnded() async throws {
        let trial = trial()
        trial.engine.change("left") { $0 = FakeEngine.Container(name: "cloud-web-migrate", state: .exited) }
        try await trial.run(job)
        #expect(trial.journal.lines.prefix(2) == ["remove left", "create cloud-web-migrate as made-1"])
    }

    /// Half a change of a database is worse than none.
    @Test func leavesAnEarlierRunThatDoesNotEnd() async throws {
        let trial = trial(timeout: .milliseconds(5))
        trial.engine.change("left") { $0 = FakeEngine.Container(name: "cloud-web-migrate", state: .running) }
        trial.engine.end("cloud-web-migrate", with: nil)
        #expect(await trial.failure(TimedOut.self, of: job) != nil)
        #expect(trial.journal.lines == ["wait for left"])
        #expect(trial.engine["left"]?.state == .running)
    }

    // MARK: Lost containers

    @Test func noticesThatItIsRemoved() async throws {
        let trial = trial()
        trial.engine.end("cloud-web-migrate", with: nil)
        trial.engine.atEachLook(at: "made-1") { container, look in if look == 2 { container = nil } }
        let error = try #require(await trial.failure(JobLost.self, of: job))
        #expect(error.description == "web/migrate did not come to its end: its container was removed meanwhile")
    }

    /// An engine gives the status of a process that it killed to remove the container.
    @Test func noticesThatItWasRemovedWhereItEnds() async throws {
        let trial = trial()
        trial.engine.end("cloud-web-migrate", with: 137)
        trial.engine.atEachLook(at: "made-1") { container, _ in container = nil }
        #expect(await trial.failure(JobLost.self, of: job)?.words == "its container was removed meanwhile")
    }

    @Test func noticesThatItIsPaused() async throws {
        let trial = trial()
        trial.engine.end("cloud-web-migrate", with: nil)
        trial.engine.atEachLook(at: "made-1") { container, look in if look == 2 { container?.state = .paused } }
        #expect(await trial.failure(JobLost.self, of: job)?.words == "its container was paused meanwhile")
        #expect(trial.engine["made-1"] == nil)
    }

    @Test func noticesThatTheEngineIsOutOfReach() async throws {
        let trial = trial()
        trial.engine.end("cloud-web-migrate", with: nil)
        trial.engine.fail(.condition)
        let words = await trial.failure(JobLost.self, of: job)?.words
        #expect(words == "the engine does not answer any more: the engine refuses")
        #expect(trial.engine.count(.condition) == 4)
    }

    @Test func needsTheJob() async throws {
        let trial = trial()
        let error = await trial.failure(UnknownMember.self, of: .runJob(service: "web", name: "other"))
        #expect(error?.name == "web/other")
    }
}
