import Model
import TestTools
import Testing

@testable import Applying

/// Members that hand their workloads over before their pod is made anew.
@Suite struct VacateTests {
    private let vacate = Action.vacate(member: "web1", container: "web")

    private func trial(within: Duration = .seconds(60)) -> Trial {
        var trial = Trial()
        trial.addContainer("web", of: "web1")
        trial["web1"].vacating = Vacating(command: ["hand", "over"], within: within, interrupts: nil)
        return trial
    }

    @Test func stopsAfterTheCommand() async throws {
        let trial = trial()
        trial.engine.answer("hand over", status: 0, errors: "1 left\n\n0 left\n")
        try await trial.run(vacate)
        #expect(
            trial.journal.lines == ["in web: hand over", "record that web is not kept running", "stop web"])
        #expect(
            trial.reporter.notes == ["waiting for `hand over`", "1 left", "0 left", "waiting for its end"])
    }

    @Test func leavesTheMemberRunningWhereTheCommandFails() async throws {
        let trial = trial()
        trial.engine.answer("hand over", status: 1, errors: "nobody takes them")
        let error = try #require(await trial.failure(NotVacated.self, of: vacate))
        #expect(
            error.description == """
                `hand over` ended with 1: nobody takes them
                web1 stays as it is, and so does its pod; if its workloads may be lost, `minke stop web1` and run \
                this again
                """)
        #expect(trial.engine["web"]?.state == .running)
        #expect(trial.journal.lines == ["in web: hand over"])
    }

    @Test func leavesTheMemberRunningWhereTheCommandTakesTooLong() async throws {
        let trial = trial(within: .milliseconds(5))
        trial.engine.answer("hand over") {
            try await Task.sleep(for: .seconds(3600))
            return Execution(status: 0, output: "", errors: "")
        }
        let error = try #require(await trial.failure(NotVacated.self, of: vacate))
        #expect("\(error.cause)" == "timed out after 5 ms waiting for `hand over`")
        #expect(trial.engine["web"]?.state == .running)
    }

    @Test func leavesThePodAsItIsAfterAFailure() async throws {
        var trial = trial()
        trial.add("node1")
        trial.addContainer("holder", of: "node1")
        trial.engine.answer("hand over", status: 1)
        let steps = [
            Trial.step(vacate),
            Trial.step(
                .replace(member: "node1", slot: .b, old: ["holder"], replacement: nil, order: .stopFirst), after: [0]),
        ]
        let error = try #require(await thrown(ApplyFailure.self) { try await trial.run(steps) })
        #expect(error.skipped.map(\.title) == ["replace node1"])
        #expect(trial.engine["holder"]?.state == .running)
    }

    /// A member that the environment has no more leaves as the others of its service would.
    @Test func asksTheServiceForTheCommandOfALeavingMember() async throws {
        var trial = Trial()
        trial.desired.leaving["web"] = Vacating(command: ["leave"], within: .seconds(60), interrupts: nil)
        trial.addContainer("gone", of: "web2")
        try await trial.run(.vacate(member: "web2", container: "gone"))
        #expect(trial.deeds == ["in gone: leave", "stop gone"])
    }

    @Test func needsACommand() async throws {
        var trial = trial()
        trial["web1"].vacating = nil
        #expect(await trial.failure(UnknownMember.self, of: vacate)?.name == "web1")
        #expect(trial.deeds == [])
    }
}
