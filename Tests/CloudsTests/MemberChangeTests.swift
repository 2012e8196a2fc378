import Model
import TestEnvironments
import Testing

@testable import Clouds

@Suite struct MemberChangeTests {
    private func container(
        _ member: String, _ state: ObservedContainer.State, host: String = "local"
    ) -> ObservedContainer {
        var container = ObservedContainer(id: "id-\(member)", name: "lab-\(member)", host: host)
        container.member = member
        container.service = String(member.dropLast())
        container.state = state
        container.digest = "d"
        return container
    }

    private func desired(_ members: [DesiredMember] = []) -> DesiredState {
        var desired = DesiredState.withNetwork(environment: "lab")
        desired.members = members
        return desired
    }

    @Test func startsWhatDoesNotRun() {
        let (plan, members) = MemberChange.start.plan(
            for: [container("shop1", .running), container("shop2", .exited, host: "two")], in: desired(), here: "local")
        #expect(members == ["shop2"])
        #expect(plan.environment == "lab")
        #expect(plan.steps.map(\.title) == ["start shop2 on two"])
        #expect(plan.steps.map(\.action) == [.start(member: "shop2", container: "id-shop2")])
    }

    @Test func stopsWhatRuns() {
        let (plan, members) = MemberChange.stop.plan(
            for: [container("shop1", .running), container("shop2", .exited), container("shop3", .restarting)],
            in: desired(), here: "local")
        #expect(members == ["shop1", "shop3"])
        #expect(plan.steps.map(\.after) == [[], []])
    }

    @Test(arguments: [
        ("Up Less than a second", true), ("Up 1 second", true), ("Up 59 seconds (health: starting)", true),
        ("Up About a minute", false), ("Up 2 hours", false), ("", false),
    ])
    func hasJustBegunForAMinute(status: String, expected: Bool) {
        var running = container("shop1", .running)
        running.status = status
        #expect(running.hasJustBegun == expected)
        var ended = container("shop1", .exited)
        ended.status = status
        #expect(!ended.hasJustBegun)
    }

    @Test func restartsTheMembersOfAServiceInTurn() {
        let containers = ["shop1", "shop2", "ledger1", "shop3"].map { container($0, .running) }
        let (plan, _) = MemberChange.restart.plan(for: containers, in: desired(), here: "local")
        #expect(plan.steps.map(\.after) == [[], [0], [], [1]])
    }

    /// Containers of two members in an order of no meaning, each with a sidecar.
    private func withSidecars(_ state: ObservedContainer.State) -> [ObservedContainer] {
        ["shop1.cat", "shop1", "shop2", "shop2.cat"].map { name in
            var container = container(name, state)
            container.service = "shop"
            if name.hasSuffix(".cat") { container.sidecarOf = String(name.dropLast(4)) }
            return container
        }
    }

    @Test func sidecarsStartAfterTheirMembers() {
        let (plan, members) = MemberChange.start.plan(for: withSidecars(.exited), in: desired(), here: "local")
        #expect(members == ["shop1", "shop1.cat", "shop2", "shop2.cat"])
        #expect(plan.steps.map(\.after) == [[], [0], [], [2]])
        let alone = MemberChange.start.plan(for: [withSidecars(.exited)[0]], in: desired(), here: "local")
        #expect(alone.members == ["shop1.cat"])
        #expect(alone.plan.steps.map(\.after) == [[]])
    }

    @Test func sidecarsStopBeforeTheirMembers() {
        let (plan, members) = MemberChange.stop.plan(for: withSidecars(.running), in: desired(), here: "local")
        #expect(members == ["shop1.cat", "shop1", "shop2.cat", "shop2"])
        #expect(plan.steps.map(\.after) == [[], [0], [], [2]])
    }

    @Test func sidecarsAreStoppedWhileTheirMembersRestart() {
        let (plan, members) = MemberChange.restart.plan(for: withSidecars(.running), in: desired(), here: "local")
        #expect(members == ["shop1.cat", "shop1", "shop2.cat", "shop2"])
        #expect(
            plan.steps.map(\.title) == [
                "stop shop1.cat", "restart shop1", "start shop1.cat",
                "stop shop2.cat", "restart shop2", "start shop2.cat",
            ])
        #expect(plan.steps.map(\.after) == [[], [0], [1], [2], [3], [4]])
    }

    /// The containers of two pods in an order of no meaning, one with a sidecar in it.
    private func inPods(_ state: ObservedContainer.State) -> [ObservedContainer] {
        [("agent2", "pod2"), ("pod2", nil), ("pod1", nil), ("agent1.cat", "agent1"), ("agent1", "pod1")].map {
            name, pod in
            var container = container(name, state)
            container.pod = pod.map { "id-\($0)" }
            if name.hasSuffix(".cat") {
                container.sidecarOf = "agent1"
                container.service = "agent"
            }
            return container
        }
    }

    @Test func whatIsInAPodStopsBeforeItAndStartsAfterIt() {
        let stop = MemberChange.stop.plan(for: inPods(.running), in: desired(), here: "local")
        #expect(stop.members == ["agent2", "pod2", "agent1.cat", "agent1", "pod1"])
        #expect(stop.plan.steps.map(\.after) == [[], [0], [], [2], [3]])
        let start = MemberChange.start.plan(for: inPods(.exited), in: desired(), here: "local")
        #expect(start.members == ["pod2", "agent2", "pod1", "agent1", "agent1.cat"])
        #expect(start.plan.steps.map(\.after) == [[], [0], [], [2], [3]])
        // Where the pod runs, only what is in it.
        var some = inPods(.running)
        some[0].state = .exited
        let rest = MemberChange.start.plan(for: some, in: desired(), here: "local")
        #expect(rest.members == ["agent2"])
        #expect(rest.plan.steps.map(\.after) == [[]])
    }

    @Test func podsRestartInTurnWhileWhatIsInThemIsStopped() {
        let (plan, members) = MemberChange.restart.plan(for: inPods(.running), in: desired(), here: "local")
        #expect(members == ["agent2", "pod2", "agent1.cat", "agent1", "pod1"])
        #expect(
            plan.steps.map(\.title) == [
                "stop agent2", "restart pod2", "start agent2",
                "stop agent1.cat", "stop agent1", "restart pod1", "start agent1", "start agent1.cat",
            ])
        #expect(plan.steps.map(\.after) == [[], [0], [1], [2], [3], [4], [5], [6]])
        // What did not run starts with the rest.
        let stopped = MemberChange.restart.plan(for: inPods(.exited), in: desired(), here: "local")
        #expect(
            stopped.plan.steps.map(\.title) == [
                "restart pod2", "start agent2", "restart pod1", "start agent1", "start agent1.cat",
            ])
    }

    /// The wanted state with agents that hand over what they run before their pods end.
    private func withVacating() -> DesiredState {
        desired(
            ["agent1", "agent2"].map { name in
                var member = DesiredMember(
                    identity: MemberIdentity(region: "one", host: "local", environment: "lab", member: name),
                    service: "agent", recipe: "agent", specification: ContainerSpecification())
                member.vacating = Vacating(command: ["leave"], within: .seconds(1), interrupts: nil)
                return member
            })
    }

    @Test func whatIsInAPodHandsOverBeforeItEndsAndBeforeAllElse() {
        let containers = [container("shop1", .running)] + inPods(.running)
        let stop = MemberChange.stop.plan(for: containers, in: withVacating(), here: "local")
        #expect(
            stop.plan.steps.map(\.title) == [
                "vacate agent2", "stop agent2", "stop pod2", "vacate agent1", "stop agent1.cat", "stop agent1",
                "stop pod1",
                "stop shop1",
            ])
        #expect(stop.plan.steps.map(\.after) == [[], [0], [1], [2], [3], [4], [5], [6]])
        #expect(stop.members == ["agent2", "pod2", "agent1", "agent1.cat", "pod1", "shop1"])
        let restart = MemberChange.restart.plan(for: containers, in: withVacating(), here: "local")
        #expect(
            restart.plan.steps.map(\.title) == [
                "vacate agent2", "stop agent2", "restart pod2", "start agent2",
                "vacate agent1", "stop agent1.cat", "stop agent1", "restart pod1", "start agent1", "start agent1.cat",
                "restart shop1",
            ])
        #expect(restart.plan.steps.map(\.after) == [[]] + (0..<10).map { [$0] })
        // One by itself, and one that does not run, has nothing to hand over to or from.
        let alone = MemberChange.restart.plan(for: [containers[1]], in: withVacating(), here: "local")
        #expect(alone.plan.steps.map(\.title) == ["restart agent2"])
        let stopped = MemberChange.restart.plan(for: inPods(.exited), in: withVacating(), here: "local")
        #expect(!stopped.plan.steps.contains { $0.title.hasPrefix("vacate") })
        #expect(!MemberChange.start.plan(for: containers, in: withVacating(), here: "local").members.contains("agent2"))
    }

    @Test func aPodMeansWhatIsInIt() {
        let containers = inPods(.running)
        let namespaces = JoinedNamespaces(containers)
        #expect(namespaces.whole([containers[2]]).map(\.member) == ["pod1", "agent1", "agent1.cat"])
        #expect(namespaces.whole([containers[4], containers[2]]).map(\.member) == ["agent1", "agent1.cat", "pod1"])
        #expect(namespaces.whole([containers[0]]).map(\.member) == ["agent2"])
    }

    @Test func givesAStoppedMemberTheFilesThatItShouldHave() {
        var member = DesiredMember(
            identity: MemberIdentity(region: "one", host: "local", environment: "lab", member: "shop1"),
            service: "shop", recipe: "shop", specification: ContainerSpecification())
        member.digest = "d"
        member.files = [FileDigest(path: "a", digest: "1"), FileDigest(path: "b", digest: "2")]
        var stopped = container("shop1", .exited)
        stopped.manifest = Manifest(files: ["a": "1", "b": "old"], entries: [:], parts: ValueMap())
        let step = Step(
            .configure(member: "shop1", container: "id-shop1", files: ["b"], cost: .restart), reason: "asked for",
            host: "local")
        #expect(MemberChange.start.plan(for: [stopped], in: desired([member]), here: "local").plan.steps == [step])
        #expect(MemberChange.restart.plan(for: [stopped], in: desired([member]), here: "local").plan.steps == [step])
        // A running one gets them by `up`.
        stopped.state = .running
        #expect(
            MemberChange.restart.plan(for: [stopped], in: desired([member]), here: "local").plan.steps.map(\.action)
                == [.restart(member: "shop1", container: "id-shop1")])
    }
}
