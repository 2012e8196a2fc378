import DockerEngine
import Model
import Testing

@Suite(.timeLimit(.minutes(10)))
struct FirstUpTests {
    @Test func bringsEverythingUpOnceAndHasNothingToDoTheSecondTime() async throws {
        try await Scenario.run("first-up", services: "services: {ledger: 1, shop: 2, vault: 1, clock: 1}") { scenario in
            scenario.step("the plan names everything and changes nothing")
            let before = try await scenario.listing()
            let lines = try await scenario.planLines()
            #expect(lines.contains { $0.hasPrefix("create shop2") })
            #expect(try await scenario.listing() == before)

            scenario.step("up makes it so")
            try await scenario.minke("up")
            let containers = try await scenario.containers()
            let names = ["clock1", "ledger1", "shop1", "shop2", "vault1"].map { "\(scenario.name)-\($0)" }
            #expect(containers.map(\.name) == names)
            #expect(containers.allSatisfy { $0.state == .running })

            scenario.step("the grant and the jobs were done before what needs them")
            let ledger = try await scenario.ledger()
            #expect(ledger.contains("entries/shop-schema-1:schema-1\n"))
            #expect(ledger.contains("entries/shop-opening-1:opening-1\n"))
        }
    }
}
