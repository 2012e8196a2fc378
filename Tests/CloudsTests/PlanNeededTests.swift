import Model
import Testing

@testable import Clouds

@Suite struct PlanNeededTests {
    @Test func keepsWhatServicesWaitForAndNumbersItAnew() {
        func member(_ name: String) -> DesiredMember {
            DesiredMember(
                identity: MemberIdentity(region: "one", host: "local", environment: "lab", member: name),
                service: String(name.dropLast()), recipe: String(name.dropLast()),
                specification: ContainerSpecification())
        }
        let network = NetworkSpecification(
            name: "lab", subnet: IPv4Network(address: IPv4Address(198, 18, 0, 0), prefix: 24),
            gateway: IPv4Address(198, 18, 0, 1))
        var desired = DesiredState(environment: "lab", networks: ["local": [network]])
        var sidecar = member("ledger1")
        sidecar.sidecarOf = "ledger1"
        sidecar.identity = MemberIdentity(region: "one", host: "local", environment: "lab", member: "ledger1.cat")
        desired.members = [member("shop1"), member("ledger1"), sidecar]
        func create(_ name: String, after: [Int]) -> Step {
            Step(.create(member: name, slot: .a, leftover: nil), reason: "missing", after: after, host: "local")
        }
        let copy = Step(.copyImages(["ledger"]), reason: "missing", host: "local")
        let plan = Plan(
            environment: "lab", here: "local",
            steps: [
                Step(.createNetwork(network), reason: "missing", host: "local"), create("shop1", after: [0]), copy,
                create("ledger1", after: [0, 2]), create("ledger1.cat", after: [3]),
            ])
        let needed = plan.steps(neededBy: ["ledger"], in: desired)
        #expect(needed.steps == [plan.steps[0], copy, create("ledger1", after: [0, 1])])
    }
}
