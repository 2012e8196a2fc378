import Model
import TestEnvironments
import Testing

@testable import Planning

/// Two pods with an agent in each, which gives away what it runs, and an API that tells of the agents.
private func wanted(pods: Int) -> DesiredState {
    var state = DesiredState.withNetwork(network: "minke-test")
    state.members = [member("api1", service: "api")]
    for number in 1...pods {
        state.members.append(member("pod\(number)", service: "pod"))
        var agent = member("agent-pod\(number)", service: "agent")
        agent.specification.pod = "pod\(number)"
        state.members.append(agent)
    }
    state.leaving["agent"] = Vacating(command: ["leave"], within: .seconds(60), interrupts: "guests")
    state.tellers = [Teller(service: "api", told: ["agent"], after: [.member("api1")])]
    state.registrations = [DesiredRegistration(service: "api", inputs: "r", after: [.member("api1")])]
    return state
}

private func member(_ name: String, service: String) -> DesiredMember {
    var member = DesiredMember(
        identity: MemberIdentity(region: "one", host: "local", environment: "test", member: name), service: service,
        recipe: service, specification: ContainerSpecification())
    member.digest = "digest-\(name)"
    return member
}

private func running(_ state: DesiredState) -> Observation {
    var observed = Observation(here: "local")
    observed.own.network = ObservedNetwork(id: "n", subnet: "198.18.0.0/24", gateway: "198.18.0.1", isOurs: true)
    observed.own.volumes = [:]
    for member in state.members {
        var container = ObservedContainer(
            running: member, environment: "test", manifest: Manifest(files: [:], entries: [:], parts: ValueMap()))
        container.pod = member.specification.pod.map { "id-\($0)" }
        observed.containers.append(container)
    }
    return observed
}

private func records(_ state: DesiredState) -> [String: DoneRecord] {
    var records = ["registration/api": DoneRecord(inputs: "r", anchor: nil)]
    for member in state.members {
        records["member/\(member.name)"] = DoneRecord(inputs: "id-\(member.name)", anchor: nil)
    }
    return records
}

@Suite struct LeavingPlanTests {
    @Test func givesAwayWhatAMemberRunsAndWithdrawsItAfterwards() throws {
        let observed = running(wanted(pods: 2))
        let state = wanted(pods: 1)
        let plan = try Planner(desired: state, observed: observed, records: records(state), files: { _ in [] }).plan()
        let titles = plan.steps.map(\.title)
        #expect(
            Set(titles) == [
                "vacate agent-pod2", "remove agent-pod2", "remove pod2", "withdraw agent-pod2 from api",
            ])
        let first = try #require(plan.steps.first)
        #expect(first.line == "vacate agent-pod2: it goes for good (interrupts guests)")
        for step in plan.steps where step.title.hasPrefix("remove") { #expect(step.after.contains(0)) }
        let last = try #require(plan.steps.first { $0.title.hasPrefix("withdraw") })
        #expect(last.after.map { titles[$0] } == ["remove agent-pod2"])
        #expect(
            last.action
                == .withdraw(
                    Departure(member: "agent-pod2", service: "agent", hostname: "pod2"), teller: "api"))
        #expect(try Plan.read(plan.value { _ in "" }).plan.steps == plan.steps)
    }

    /// Others that leave with a whole service may be needed until its members have handed over what they run.
    @Test func givesAwayWhatAServiceRunsThatLeavesWhole() throws {
        let observed = running(wanted(pods: 2))
        var state = wanted(pods: 2)
        state.members = state.members.filter { $0.name == "pod1" || $0.name == "pod2" }
        state.tellers = []
        state.registrations = []
        let plan = try Planner(desired: state, observed: observed, records: records(state), files: { _ in [] }).plan()
        #expect(
            plan.steps.map(\.title) == [
                "vacate agent-pod1", "vacate agent-pod2", "remove agent-pod1", "remove agent-pod2", "remove api1",
            ])
        #expect(plan.steps[1].after == [0])
        for step in plan.steps where step.title.hasPrefix("remove") { #expect(Set(step.after).isSuperset(of: [1])) }
    }

    @Test func withdrawsWhatAnInterruptedRunLeft() throws {
        let state = wanted(pods: 1)
        var planner = Planner(desired: state, observed: running(state), records: records(state), files: { _ in [] })
        planner.departures = [
            Departure(member: "agent-pod2", service: "agent", hostname: "pod2"),
            // It is back by now.
            Departure(member: "agent-pod1", service: "agent", hostname: "pod1"),
        ]
        #expect(try planner.plan().steps.map(\.line) == ["withdraw agent-pod2 from api: it is gone for good"])
    }

    @Test func asksNothingOfAMemberThatDoesNotRun() throws {
        var observed = running(wanted(pods: 2))
        for index in observed.containers.indices where observed.containers[index].member == "agent-pod2" {
            observed.containers[index].state = .exited
        }
        let state = wanted(pods: 1)
        let plan = try Planner(desired: state, observed: observed, records: records(state), files: { _ in [] }).plan()
        #expect(!plan.steps.contains { $0.title.hasPrefix("vacate") })
        #expect(plan.steps.contains { $0.title == "withdraw agent-pod2 from api" })
    }

    @Test func deregistersAServiceThatIsNotInTheEnvironment() throws {
        let state = wanted(pods: 1)
        var planner = Planner(desired: state, observed: running(state), records: records(state), files: { _ in [] })
        planner.registered = ["api", "images"]
        #expect(
            try planner.plan().steps.map(\.line) == [
                "deregister images: not in the environment [destroys its endpoints and users, which were made for it]"
            ])
        // Without one that keeps identities there is nobody to tell.
        var without = state
        without.registrations = []
        var alone = Planner(desired: without, observed: running(state), records: records(state), files: { _ in [] })
        alone.registered = ["images"]
        #expect(try alone.plan().isEmpty)
    }

    @Test func putsAnInterfaceBack() throws {
        let state = wanted(pods: 1)
        var planner = Planner(desired: state, observed: running(state), records: records(state), files: { _ in [] })
        planner.detached = [("eth1", "external")]
        let plan = try planner.plan()
        #expect(plan.steps.map(\.line) == ["put eth1 on network external: it is not there any more"])
        #expect(try Plan.read(plan.value { _ in "" }).plan.steps == plan.steps)
    }
}
