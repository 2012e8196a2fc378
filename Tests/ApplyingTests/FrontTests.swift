import Model
import Testing

@testable import Applying

/// The front, which is told before a member is interrupted and asked after it.
@Suite struct FrontTests {
    private let restart = Action.restart(member: "web1", container: "web")
    private let remove = Action.remove(member: "web2", container: "gone")

    private func trial() -> Trial {
        var trial = Trial()
        trial.addContainer("web", of: "web1")
        trial.addFront()
        return trial
    }

    @Test func drainsBeforeARestart() async throws {
        let trial = trial()
        try await trial.run(restart)
        #expect(
            trial.journal.lines == [
                "forget member web1",
                "forget member web1",
                "in front: front-drain pool web1-a 30",
                "restart web",
                "keep web running",
                "record that web is kept running",
                "web at 198.18.0.11 is healthy",
                "in front: front-ready pool web1-a 60",
                "record member web1",
            ])
    }

    @Test func drainsAtEveryFrontAndBackend() async throws {
        var trial = trial()
        trial.add("front2")
        trial["front2"].isFront = true
        trial.addContainer("second", of: "front2")
        trial["web1"].backends = ["pool", "admin"]
        try await trial.run(restart)
        let drains = trial.deeds.filter { $0.contains("front-drain") }
        #expect(
            drains == [
                "in front: front-drain pool web1-a 30", "in front: front-drain admin web1-a 30",
                "in second: front-drain pool web1-a 30", "in second: front-drain admin web1-a 30",
            ])
        #expect(trial.deeds.filter { $0.contains("front-ready") }.count == 4)
    }

    @Test func asksNobodyWhereNoFrontRuns() async throws {
        var trial = Trial()
        trial.addContainer("web", of: "web1")
        trial.add("front1")
        trial["front1"].isFront = true
        trial.addContainer("front", of: "front1", state: .exited)
        trial["web1"].backends = ["pool"]
        try await trial.run(restart)
        #expect(trial.engine.count(.execute) == 0)
        #expect(trial.recorder.record(of: .member("web1")) != nil)
    }

    /// It is added to the front by a later step.
    @Test func takesAServerThatTheFrontDoesNotKnowYet() async throws {
        let trial = trial()
        trial.engine.answer("front-ready", status: 3, errors: "no server web1-a")
        try await trial.run(restart)
        #expect(trial.recorder.record(of: .member("web1")) != nil)
    }

    @Test func failsWhereTheFrontSendsNoRequests() async throws {
        let trial = trial()
        trial.engine.answer("front-ready", status: 1, errors: "still down")
        let error = try #require(await trial.failure(CommandFailure.self, of: restart))
        #expect(error.description == "`front-ready pool web1-a 60` ended with 1: still down")
        #expect(trial.recorder.record(of: .member("web1")) == nil)
    }

    /// Requests that are still in flight have the container's own grace period left.
    @Test func goesOnWhereRequestsStayInFlight() async throws {
        let trial = trial()
        trial.engine.answer("front-drain", status: 1, errors: "2 sessions left")
        try await trial.run(restart)
        #expect(trial.reporter.notes.contains("2 sessions left"))
        #expect(trial.deeds.contains("restart web"))
    }

    @Test func letsRequestsInAgainAfterAFailure() async throws {
        let trial = trial()
        trial.engine.fail(.restart)
        #expect(await trial.failure(EngineRefusal.self, of: restart) != nil)
        #expect(trial.deeds.suffix(2) == ["restart web: refused", "in front: front-ready pool web1-a 5"])
    }

    /// A run that is interrupted here has the next one confirm the member, and so let its requests in.
    @Test func forgetsTheMemberBeforeItIsDrained() async throws {
        let trial = trial()
        trial.engine.fail(.execute)
        #expect(await trial.failure(EngineRefusal.self, of: restart) != nil)
        #expect(
            trial.journal.lines.suffix(2) == ["forget member web1", "in front: front-drain pool web1-a 30: refused"])
    }

    // MARK: Stops

    @Test func drainsBeforeAStop() async throws {
        let trial = trial()
        try await trial.run(.stop(member: "web1", container: "web"))
        #expect(
            trial.journal.lines == [
                "forget member web1", "in front: front-drain pool web1-a 30", "record that web is not kept running",
                "stop web",
            ])
    }

    @Test func stopsTheFrontWithTheOthers() async throws {
        let trial = trial()
        try await trial.run([
            Trial.step(.stop(member: "web1", container: "web")),
            Trial.step(.stop(member: "front1", container: "front")),
        ])
        #expect(trial.deeds.sorted() == ["stop front", "stop web"])
    }

    @Test func stopsWhatRestartsAllTheTimeWithoutTheFront() async throws {
        var trial = trial()
        trial.addContainer("looping", of: "web2", state: .restarting)
        try await trial.run(.stop(member: "web2", container: "looping"))
        #expect(trial.deeds == ["stop looping"])
    }

    // MARK: Removals

    @Test(arguments: [(Replacement.startFirst, "web2-b"), (.stopFirst, "web2-a")])
    func drainsBeforeARemoval(order: Replacement, server: String) async throws {
        var trial = trial()
        trial["web1"].replacement = order
        trial["web1"].drain = .seconds(7)
        trial.addContainer("gone", of: "web2", slot: .b)
        try await trial.run(remove)
        #expect(
            trial.journal.lines == [
                "in front: front-drain pool \(server) 7",
                "record that gone is not kept running",
                "stop gone",
                "remove gone",
                "forget gone",
            ])
    }

    @Test func removesAStoppedContainerWithoutTheFront() async throws {
        var trial = trial()
        trial.addContainer("gone", of: "web2", state: .exited)
        try await trial.run(remove)
        #expect(trial.deeds == ["stop gone", "remove gone"])
    }

    /// A service that the environment has no more is behind no front.
    @Test func removesTheLastOfItsServiceWithoutTheFront() async throws {
        var trial = trial()
        trial.addContainer("gone", of: "shop1")
        try await trial.run(.remove(member: "shop1", container: "gone"))
        #expect(trial.deeds == ["stop gone", "remove gone"])
    }
}
