import Model
import Testing

@testable import Applying

/// Work for a service as a whole: grants, registrations, and what is left of members that are gone.
@Suite struct ServiceWorkTests {
    private let grant = Action.grant(service: "web", requirement: "database")

    private func trial() -> Trial {
        var trial = Trial()
        trial.add("base1")
        trial.addContainer("base", of: "base1")
        var grant = DesiredGrant(service: "web", requirement: "database", provider: "base1", exec: ["give", "it"])
        grant.inputs = "inputs"
        grant.anchor = "data"
        trial.desired.grants = [grant]
        trial.engine.state.withLock { $0.volumes = ["data": "on Monday"] }
        return trial
    }

    @Test func recordsAGrant() async throws {
        let trial = trial()
        try await trial.run(grant)
        #expect(
            trial.journal.lines == ["in base: give it < input of web/database", "record grant web/database"])
        #expect(
            trial.recorder.record(of: .grant(service: "web", requirement: "database"))
                == DoneRecord(inputs: "inputs", anchor: "on Monday"))
    }

    @Test func recordsNoGrantThatFails() async throws {
        let trial = trial()
        trial.engine.answer("give it", status: 1, errors: "the disk is full")
        let error = try #require(await trial.failure(CommandFailure.self, of: grant))
        #expect(error.description == "`give it` ended with 1: the disk is full")
        #expect(trial.journal.lines == ["in base: give it < input of web/database"])
    }

    /// A command that prints nothing has failed all the same.
    @Test func tellsASilentFailure() async throws {
        let trial = trial()
        trial.engine.answer("give it", status: 2)
        #expect(
            await trial.failure(CommandFailure.self, of: grant)?.description
                == "`give it` ended with 2: it printed nothing")
    }

    @Test func needsAProviderThatRuns() async throws {
        var trial = trial()
        trial.observed.containers[0].state = .exited
        #expect(await trial.failure(UnknownMember.self, of: grant)?.name == "base1")
        #expect(trial.journal.lines == [])
    }

    @Test func grantsToAMember() async throws {
        var trial = trial()
        trial.desired.grants[0].member = "web2"
        try await trial.run(.grant(service: "web", requirement: "database", member: "web2"))
        #expect(trial.journal.lines.last == "record grant web/database for web2")
        let milestone = Milestone.memberGrant(service: "web", requirement: "database", member: "web2")
        #expect(trial.recorder.record(of: milestone)?.inputs == trial.desired.grants[0].inputs)
        #expect(await trial.failure(UnknownMember.self, of: grant)?.name == "web/database")
    }

    @Test func grantsInTheProviderThatWasMadeBefore() async throws {
        let trial = trial()
        let replace = Action.replace(
            member: "base1", slot: .b, old: ["base"], replacement: nil, order: .stopFirst)
        try await trial.run([Trial.step(replace), Trial.step(grant, after: [0])])
        #expect(trial.deeds.last == "in made-1: give it < input of web/database")
    }

    // MARK: At the service that keeps identities

    @Test func recordsARegistration() async throws {
        var trial = trial()
        var registration = DesiredRegistration(service: "web", inputs: "inputs", after: [])
        registration.anchor = "data"
        trial.desired.registrations = [registration]
        try await trial.run(.register(service: "web"))
        #expect(trial.journal.lines == ["register web", "record registration of web"])
        #expect(
            trial.recorder.record(of: .registration(service: "web"))
                == DoneRecord(inputs: "inputs", anchor: "on Monday"))
    }

    @Test func forgetsARegistrationThatIsDeleted() async throws {
        let trial = trial()
        try await trial.run(.deregister(service: "web"))
        #expect(trial.journal.lines == ["deregister web", "forget registration of web"])
    }

    @Test func forgetsADepartureThatIsNotListedAnyMore() async throws {
        let trial = trial()
        let departure = Departure(member: "web3", service: "web", hostname: "web3")
        try await trial.run(.withdraw(departure, teller: "shop"))
        #expect(trial.journal.lines == ["withdraw web3 from shop", "forget the departure of web3"])
    }

    @Test(arguments: [
        Action.register(service: "web"), .deregister(service: "web"),
        .withdraw(Departure(member: "web3", service: "web", hostname: "web3"), teller: "shop"),
    ])
    func recordsNothingWhereTheRegistrarFails(_ action: Action) async throws {
        let trial = trial()
        trial.registrar.refuse()
        #expect(await trial.failure(FakeRegistrar.Refusal.self, of: action) != nil)
        #expect(trial.journal.lines == [])
    }
}
