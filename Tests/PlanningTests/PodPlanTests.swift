import Model
import TestEnvironments
import Testing

@testable import Planning

/// A pod, a service in it, and a further network.
private func wanted() -> DesiredState {
    var state = DesiredState.withNetwork(network: "minke-test")
    let tunnel = IPv4Network(address: IPv4Address(198, 18, 1, 0), prefix: 24)
    state.networks["local"]?.append(
        NetworkSpecification(name: "minke-test-tunnel", subnet: tunnel, gateway: tunnel.firstHost))
    var holder = member("node1", service: "node")
    holder.specification.addresses = [IPv4Address(198, 18, 0, 9), IPv4Address(198, 18, 0, 9)]
    holder.specification.attachments = [.init(network: "minke-test-tunnel", address: IPv4Address(198, 18, 1, 9))]
    var agent = member("agent-node1", service: "agent")
    agent.specification.pod = "node1"
    agent.after = [.member("node1")]
    // A member of a pod may stand in the file before the one that holds it.
    state.members = [agent, holder]
    return state
}

private func member(_ name: String, service: String) -> DesiredMember {
    var specification = ContainerSpecification()
    specification.image = "minke/\(service):epoxy-latest"
    var member = DesiredMember(
        identity: MemberIdentity(region: "one", host: "local", environment: "test", member: name), service: service,
        recipe: service, specification: specification)
    member.digest = "digest-\(name)"
    return member
}

private func running(_ state: DesiredState) -> Observation {
    var observed = Observation(here: "local")
    observed.own.network = ObservedNetwork(id: "n", subnet: "198.18.0.0/24", gateway: "198.18.0.1", isOurs: true)
    observed.own.furtherNetworks = [
        "minke-test-tunnel": ObservedNetwork(id: "t", subnet: "198.18.1.0/24", gateway: "198.18.1.1", isOurs: true)
    ]
    for member in state.members {
        let manifest = Manifest(files: [:], entries: [:], parts: member.specification.parts)
        var container = ObservedContainer(running: member, environment: "test", manifest: manifest)
        container.networks = Set(member.specification.attachments.map(\.network))
        if let pod = member.specification.pod {
            container.pod = "id-\(pod)"
            container.isOnNetwork = false
            container.address = nil
        }
        observed.containers.append(container)
    }
    return observed
}

private func lines(_ state: DesiredState, _ observed: Observation) throws -> [String] {
    var records: [String: DoneRecord] = [:]
    for container in observed.containers {
        records["member/\(container.member)"] = DoneRecord(inputs: container.id, anchor: nil)
    }
    return try Planner(desired: state, observed: observed, records: records, files: { _ in [] }).plan().steps
        .enumerated().map { "\($0.offset) \($0.element.line) after \($0.element.after)" }
}

@Suite struct PodPlanTests {
    @Test func startsAPodBeforeWhatIsInIt() throws {
        #expect(
            try lines(wanted(), Observation(here: "local")) == [
                "0 create network minke-test: missing after []",
                "1 create network minke-test-tunnel: missing after []",
                "2 create node1: missing after [0, 1]",
                "3 create agent-node1: missing after [0, 1, 2]",
            ])
    }

    @Test func plansNothingWhereAllIsAsItShouldBe() throws {
        #expect(try lines(wanted(), running(wanted())) == [])
    }

    @Test func makesMembersAnewWithTheirPod() throws {
        let state = wanted()
        var observed = running(state)
        observed.containers[1].digest = "old"
        #expect(
            try lines(state, observed) == [
                "0 replace node1: specification changed after []",
                "1 replace agent-node1: its pod node1 is made anew after [0]",
            ])
        // Where the pod is gone, its members are left in a namespace that nobody holds.
        observed.containers.remove(at: 1)
        #expect(
            try lines(state, observed) == [
                "0 create node1: missing after []",
                "1 replace agent-node1: its pod node1 is made anew after [0]",
            ])
        // They end with it, and may never have a namespace to start in again.
        for state in [ObservedContainer.State.exited, .restarting] {
            observed.containers[0].state = state
            #expect(
                try lines(wanted(), observed) == [
                    "0 create node1: missing after []",
                    "1 replace agent-node1: its pod node1 is made anew after [0]",
                ])
        }
    }

    @Test func vacatesOnePodAfterAnother() throws {
        var state = wanted()
        state.members[0].vacating = Vacating(command: ["give"], within: .seconds(1), interrupts: "a little")
        state.members[0].after.append(.member("peer-node1"))
        var peer = member("peer-node1", service: "peer")
        peer.specification.pod = "node1"
        peer.after = [.member("node1")]
        var agent = member("agent-node2", service: "agent")
        agent.specification.pod = "node2"
        agent.after = [.member("node2")]
        agent.vacating = state.members[0].vacating
        var holder = member("node2", service: "node")
        holder.specification.addresses = [IPv4Address(198, 18, 0, 10), IPv4Address(198, 18, 0, 10)]
        holder.specification.attachments = state.members[1].specification.attachments
        state.members += [peer, agent, holder]
        #expect(try lines(state, running(state)) == [])
        var observed = running(state)
        for index in observed.containers.indices where observed.containers[index].member.hasPrefix("node") {
            observed.containers[index].digest = "old"
        }
        #expect(
            try lines(state, observed) == [
                "0 vacate agent-node1: its pod node1 is made anew (interrupts a little) after []",
                "1 replace node1: specification changed after [0]",
                "2 replace peer-node1: its pod node1 is made anew after [1]",
                "3 replace agent-node1: its pod node1 is made anew after [1, 2]",
                "4 vacate agent-node2: its pod node2 is made anew (interrupts a little) after [1, 2, 3]",
                "5 replace node2: specification changed after [1, 4]",
                "6 replace agent-node2: its pod node2 is made anew after [3, 5]",
            ])
        // What does not run gives nothing away; what does not run well may have more to do.
        for index in observed.containers.indices {
            switch observed.containers[index].member {
            case "agent-node1": observed.containers[index].health = "unhealthy"
            case "agent-node2": observed.containers[index].state = .exited
            default: break
            }
        }
        #expect(
            try lines(state, observed).filter { $0.contains("vacate") } == [
                "0 vacate agent-node1: its pod node1 is made anew (interrupts a little) after []"
            ])
    }

    @Test func waitsOnlyBeforeItTouchesWhatServes() throws {
        var state = wanted()
        state.members[0].afterToReplace = [.member("server1")]
        var server = member("server1", service: "server")
        server.specification.addresses = [IPv4Address(198, 18, 0, 7), IPv4Address(198, 18, 0, 7)]
        state.members.append(server)
        #expect(
            try lines(state, Observation(here: "local")) == [
                "0 create network minke-test: missing after []",
                "1 create network minke-test-tunnel: missing after []",
                "2 create node1: missing after [0, 1]",
                "3 create server1: missing after [0, 1]",
                "4 create agent-node1: missing after [0, 1, 2]",
            ])
        var observed = running(state)
        for index in observed.containers.indices where observed.containers[index].member != "node1" {
            observed.containers[index].digest = "old"
        }
        #expect(
            try lines(state, observed) == [
                "0 replace server1: specification changed after []",
                "1 replace agent-node1: specification changed after [0]",
            ])
    }

    @Test func restartsMembersWhosePodStartsAgain() throws {
        let state = wanted()
        var observed = running(state)
        observed.containers[1].state = .exited
        #expect(
            try lines(state, observed) == [
                "0 start node1: stopped after []",
                "1 restart agent-node1: its pod starts again after [0]",
            ])
        observed.containers[0].state = .exited
        #expect(
            try lines(state, observed) == [
                "0 start node1: stopped after []",
                "1 start agent-node1: stopped after [0]",
            ])
    }

    @Test func replacesWhatJoinedAPodThatIsNoMore() throws {
        let state = wanted()
        var observed = running(state)
        observed.containers[0].pod = "another"
        #expect(
            try lines(state, observed) == [
                "0 replace agent-node1: it is in a namespace that its pod node1 no longer has after []"
            ])
    }

    @Test func bringsAPodBackToItsNetworks() throws {
        let state = wanted()
        var observed = running(state)
        observed.containers[1].networks = []
        #expect(
            try lines(state, observed) == [
                "0 replace node1: not on its network after []",
                "1 replace agent-node1: its pod node1 is made anew after [0]",
            ])
    }

    @Test func removesANetworkThatIsNotWantedAnyMore() throws {
        var state = wanted()
        state.networks["local"]?.removeLast()
        state.members[1].specification.attachments = []
        let observed = running(state)
        #expect(
            try lines(state, observed) == [
                "0 remove network minke-test-tunnel: not in the environment after []"
            ])
    }

    @Test func refusesNetworksThatAreInTheWay() {
        var observed = Observation(here: "local")
        observed.own.foreignSubnets = [
            ForeignSubnet(
                network: "minke-test-tunnel", subnet: IPv4Network(address: IPv4Address(198, 18, 7, 0), prefix: 24)),
            ForeignSubnet(network: "wide", subnet: IPv4Network(address: IPv4Address(198, 18, 1, 0), prefix: 25)),
        ]
        var state = wanted()
        state.members = []
        #expect(
            Conflicts.find(desired: state, observed: observed).map(\.message) == [
                "network minke-test-tunnel exists and is not this environment's",
                "network minke-test-tunnel is to have 198.18.1.0/24, and network wide has 198.18.1.0/25",
            ])
    }
}
