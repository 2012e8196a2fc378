import Model
import TestEnvironments
import Testing

@testable import Planning

/// What is planned where an engine, the front or an earlier run left members that run and are not as they should be.
@Suite struct OutagePlanTests {
    private let state: DesiredState
    private var observed = Observation(here: "local")
    private var records: [String: DoneRecord] = [:]

    init() {
        var state = DesiredState.withNetwork(network: "minke-test")
        for (index, service) in ["front", "shop"].enumerated() {
            var specification = ContainerSpecification()
            specification.addresses = [IPv4Address(198, 18, 0, UInt8(10 + index))]
            var member = DesiredMember(
                identity: MemberIdentity(region: "one", host: "local", environment: "test", member: "\(service)1"),
                service: service, recipe: service, specification: specification)
            member.digest = "digest-\(service)"
            member.isFront = service == "front"
            member.backends = service == "shop" ? ["shop-api"] : []
            state.members.append(member)
        }
        var job = DesiredJob(
            service: "shop", name: "sync", host: "local", region: "one", specification: ContainerSpecification())
        job.inputs = "job"
        state.jobs = [job]
        self.state = state
        observed.own.network = ObservedNetwork(id: "n", subnet: "198.18.0.0/24", gateway: "198.18.0.1", isOurs: true)
        for member in state.members {
            observed.containers.append(
                ObservedContainer(
                    running: member, environment: "test",
                    manifest: Manifest(files: [:], entries: [:], parts: member.specification.parts)))
            records["member/\(member.name)"] = DoneRecord(inputs: "id-\(member.name)", anchor: nil)
        }
        records["job/shop/sync"] = DoneRecord(inputs: "job", anchor: nil)
    }

    private func lines(_ state: DesiredState? = nil) throws -> [String] {
        let planner = Planner(desired: state ?? self.state, observed: observed, records: records) { _ in [] }
        return try planner.plan().steps.enumerated().map { "\($0.offset) \($0.element.line) after \($0.element.after)" }
    }

    @Test mutating func keepsWhatAnEngineWouldNotStartAgain() throws {
        observed.containers[1].isKeptRunning = true
        #expect(try lines() == [])
        observed.containers[1].isKeptRunning = false
        #expect(try lines() == ["0 keep shop1: an engine that was killed would not start it again after []"])
        let plan = try Planner(desired: state, observed: observed, records: records) { _ in [] }.plan()
        let read = try Plan.read(plan.value { _ in "" }).plan
        #expect(read.steps == plan.steps)
    }

    @Test(arguments: [
        (FrontServer.State.up, nil), (.down, nil), (.drain, "the front sends it no requests (drain)"),
        (.maint, "the front sends it no requests (maint)"),
    ])
    mutating func givesRequestsToWhatTheFrontWithholdsThemFrom(told: FrontServer.State, reason: String?) throws {
        // The other slot's, which nobody is in, is of no account.
        observed.servers = [
            FrontServer(backend: "shop-api", name: "shop1-a", state: told, check: ""),
            FrontServer(backend: "shop-api", name: "shop1-b", state: .drain, check: ""),
            FrontServer(backend: "other-api", name: "shop1-a", state: .drain, check: ""),
        ]
        #expect(try lines() == (reason.map { ["0 check shop1: \($0) after []"] } ?? []))
    }

    @Test mutating func doesWhatGoesThroughTheFrontWhenItIsThere() throws {
        records["job/shop/sync"] = nil
        var changed = state
        changed.members[1].digest = "another"
        #expect(
            try lines(changed) == [
                "0 run shop/sync: not done yet after []", "1 replace shop1: specification changed after []",
            ])
        changed.members[0].digest = "another"
        #expect(
            try lines(changed) == [
                "0 replace front1: specification changed after []", "1 run shop/sync: not done yet after [0]",
                "2 replace shop1: specification changed after [0]",
            ])
        // What the front itself waits for comes before it.
        changed.members[0].after = [.job(service: "shop", name: "sync")]
        #expect(
            try lines(changed) == [
                "0 run shop/sync: not done yet after []", "1 replace front1: specification changed after [0]",
                "2 replace shop1: specification changed after [1]",
            ])
    }
}
