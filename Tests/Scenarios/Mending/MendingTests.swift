import DockerEngine
import Model
import Testing

@Suite struct MendingTests {
    @Test func mendsWhateverBefallsAContainer() async throws {
        try await Scenario.run("mending", services: "services: {ledger: 1, shop: 2, vault: 1, clock: 1}") { scenario in
            let engine = scenario.engine
            try await scenario.minke("up")

            scenario.step("a container that was stopped is started")
            let stopped = try await scenario.member("vault1")
            try await engine.stopContainer(stopped.id)
            try #require(try await scenario.planLines() == ["start vault1: stopped"])
            try await mendOnly(["vault1"], in: scenario)
            try #require(try await scenario.member("vault1").id == stopped.id)

            scenario.step("a container that was killed for good is made again, with its data")
            _ = try await scenario.shell("echo gold >/var/vault/gold", in: "vault1")
            try await engine.removeContainer(try await scenario.member("vault1").id, force: true)
            try #require(try await scenario.planLines() == ["create vault1: missing"])
            try await mendOnly(["vault1"], in: scenario)
            try #require(try await scenario.shell("cat /var/vault/gold", in: "vault1") == "gold\n")

            scenario.step("a paused container goes on")
            let paused = try await scenario.member("shop1")
            try await engine.pauseContainer(paused.id)
            try #require(try await scenario.planLines() == ["start shop1: paused"])
            try await mendOnly(["shop1"], in: scenario)
            let unpaused = try await scenario.member("shop1")
            try #require(unpaused.id == paused.id && unpaused.state.pid == paused.state.pid)

            scenario.step("a container that was taken off its network is replaced")
            try await engine.disconnect(
                try await scenario.member("shop2").id, from: "minke-\(scenario.name)", force: true)
            try #require(try await scenario.planLines() == ["replace shop2: not on its network"])
            try await mendOnly(["shop2"], in: scenario)
            try #require(try await scenario.get("health", from: "shop2") == "well\n")

            scenario.step("a container that was renamed has its name again")
            try await engine.renameContainer(try await scenario.member("clock1").id, to: "\(scenario.name)-other")
            try #require(try await scenario.planLines() == ["rename clock1: it is called \(scenario.name)-other"])
            try await mendOnly([], in: scenario)
            try #require(try await scenario.member("clock1").name == "\(scenario.name)-clock1")
        }
    }

    @Test func looksCloselyWhenAskedTo() async throws {
        try await Scenario.run("close-look", services: "services: {ledger: 1, shop: 1, vault: 1}") { scenario in
            try await scenario.minke("up")
            let vault = try await scenario.member("vault1")
            let before = try await configuration(in: scenario)

            scenario.step("a memory limit and a file are changed by hand")
            try await scenario.engine.updateContainer(vault.id, memory: 32 << 20)
            _ = try await scenario.shell("echo 'lock = none' >>/etc/minke/vault.conf", in: "vault1")
            _ = try await scenario.shell("chmod 666 /etc/minke/shop.conf", in: "shop1")
            let plan = try await scenario.minke("plan", "--verify", expecting: 3).output.split(separator: "\n")
            try #require(plan.contains("replace vault1: memory limit changed by hand (interrupts the vault)"))
            try #require(plan.contains { $0.hasSuffix("shop1: shop.conf edited by hand") })

            scenario.step("both are as they were made")
            try await scenario.minke("up", "--verify")
            try #require(try await scenario.member("vault1").raw["HostConfig"]?["Memory"]?.int == 64 << 20)
            try #require(try await configuration(in: scenario) == before)
            let again = try await scenario.minke("plan", "--verify", expecting: 3).output
            try #require(!again.contains("by hand"), "\(again)")
        }
    }

    private func configuration(in scenario: Scenario) async throws -> String {
        var all = ""
        for member in ["shop1", "vault1"] {
            all += try await scenario.shell("cd /etc/minke && stat -c '%n %a %u %g' * && cat *", in: member)
        }
        return all
    }

    @Test func fillsAVolumeThatWasRemoved() async throws {
        try await Scenario.run("new-volume", services: "services: {ledger: 1, shop: 1}") { scenario in
            try await scenario.minke("up")
            let shop = try await scenario.members()["shop1"]
            let before = try await scenario.ledger()

            scenario.step("the ledger's container and volume go")
            let ledger = try await scenario.member("ledger1")
            try await scenario.engine.removeContainer(ledger.id, force: true, volumes: true)
            try await scenario.engine.removeVolume("\(scenario.name)-ledger1-data")

            scenario.step("the account and the entries are made again, and who knew the old ones is restarted")
            try #require(
                try await scenario.planLines().contains {
                    $0.hasPrefix("restart shop1: volume \(scenario.name)-ledger1-data is new")
                })
            let asked = try await scenario.minke("up", expecting: 4)
            try #require(
                asked.errors.hasPrefix(
                    "create ledger1: missing [without all entries: volume \(scenario.name)-ledger1-data is gone; "),
                "\(asked.errors)")
            try await scenario.minke("up", "--yes")
            try #require(try await scenario.ledger() == before)
            let after = try await scenario.members()["shop1"]
            try #require(after?.id == shop?.id && after?.started != shop?.started)
            try await scenario.requireNothingToDo()
        }
    }

    /// Brings the environment up, and requires that only these members were touched and nothing is left to do.
    private func mendOnly(_ mended: Set<String>, in scenario: Scenario) async throws {
        let before = try await scenario.members()
        try await scenario.minke("up")
        let after = try await scenario.members()
        try #require(Set(after.keys) == Set(before.keys).union(mended))
        for (name, trace) in before where !mended.contains(name) { try #require(after[name] == trace, "\(name)") }
        try #require(try await scenario.containers().allSatisfy { $0.state == .running })
        try await scenario.requireNothingToDo()
    }
}
