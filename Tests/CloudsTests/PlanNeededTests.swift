import Model
import Testing

@testable import Clouds

@Suite struct PlanNeededTests {
    @Test func keepsWhatServicesWaitForAndNumbersItAnew() {
        func member(_ name: String) -> DesiredMember {
            DesiredMember(
                identity: MemberIdentity(region: "one", host: localHost, environment: "lab", member: name),
                service: String(name.dropLast()), recipe: String(name.dropLast()),
                specification: ContainerSpecification())
        }
        let network = NetworkSpecification(
            name: "lab", subnet: IPv4Network(address: IPv4Address(198, 18, 0, 0), prefix: 24),
            gateway: IPv4Address(198, 18, 0, 1))
        var desired = DesiredState(environment: "lab", network: network)
        desired.members = [member("shop1"), member("ledger1")]
        func create(_ name: String, after: [Int]) -> Step {
            Step(.create(member: name, slot: .a, leftover: nil), reason: "missing", after: after, host: localHost)
        }
        let copy = Step(.copyImages(["ledger"]), reason: "missing", host: localHost)
        let plan = Plan(
            environment: "lab",
            steps: [
                Step(.createNetwork(network), reason: "missing", host: localHost), create("shop1", after: [0]), copy,
                create("ledger1", after: [0, 2]),
            ])
        let needed = plan.steps(neededBy: ["ledger"], in: desired)
        #expect(needed.steps == [plan.steps[0], copy, create("ledger1", after: [0, 1])])
    }
}
