import System
import Testing

@Suite struct StateLostTests {
    @Test func rebuildsWhatItRememberedFromTheContainers() async throws {
        try await Scenario.run("state-lost", services: "services: {ledger: 1, shop: 2, vault: 1, clock: 1}") {
            scenario in
            try await scenario.minke("up")
            let before = try await scenario.members()
            let files = try await configuration(in: scenario)
            let ledger = try await scenario.ledger()

            scenario.step("the folder that keeps secrets and records is lost")
            try Files.remove(scenario.stateFolder)

            scenario.step("the next up restarts nothing and changes no secret")
            try await scenario.minke("up")
            try #require(try await scenario.members() == before)
            try #require(try await configuration(in: scenario) == files)
            try #require(try await scenario.ledger() == ledger)
            try await scenario.requireNothingToDo()

            scenario.step("what was recovered is good for a change")
            try scenario.declare("services: {ledger: 1, shop: {replicas: 2, settings: {tills: 3}}, vault: 1, clock: 1}")
            try await scenario.minke("up")
            try #require(try await scenario.member("vault1").id == before["vault1"]?.id)
            try await scenario.requireNothingToDo()
        }
    }

    private func configuration(in scenario: Scenario) async throws -> String {
        var all = ""
        for member in ["shop1", "shop2", "vault1"] {
            all += try await scenario.shell("cd /etc/minke && stat -c '%n %i %a %u' * && cat *", in: member)
        }
        return all
    }
}
