import DockerEngine
import Model
import System
import Testing

@Suite struct ChangesTests {
    @Test func touchesOnlyWhatReadsASettingByTheLightestMeans() async throws {
        try await Scenario.run("changes", services: "services: {ledger: 1, shop: 2, vault: 1, clock: 1}") { scenario in
            try await scenario.minke("up")

            scenario.step("a setting that a signal is enough for")
            var (before, after) = try await change(
                "services: {ledger: 1, shop: {settings: {greeting: good day}}, vault: 1, clock: 1}", in: scenario,
                plan: [
                    "reload shop1: shop.conf [shop] greeting hello -> good day",
                    "reload shop2: shop.conf [shop] greeting hello -> good day",
                ])
            try #require(after == before)
            try await scenario.eventually("the shop takes it") {
                try await scenario.get("taken", from: "shop2").contains("greeting = good day\n")
            }

            scenario.step("a setting that a member which may run twice is replaced for")
            (before, after) = try await change(
                "services: {ledger: 1, shop: {settings: {greeting: good day, tills: 3}}, vault: 1, clock: 1}",
                in: scenario,
                plan: [
                    "replace shop1: shop.conf [shop] tills 2 -> 3", "replace shop2: shop.conf [shop] tills 2 -> 3",
                ])
            for name in ["ledger1", "vault1", "clock1"] { try #require(after[name] == before[name], "\(name)") }
            for name in ["shop1", "shop2"] { try #require(after[name]?.id != before[name]?.id, "\(name)") }
            try #require(try await scenario.get("taken", from: "shop1").contains("tills = 3\n"))

            let shop = "ledger: 1, shop: {settings: {greeting: good day, tills: 3}}, clock: 1"
            scenario.step("a setting that a command in the container is enough for")
            (before, after) = try await change(
                "services: {\(shop), vault: {settings: {guard: dog}}}", in: scenario,
                plan: ["reload vault1: vault.conf [vault] guard none -> dog"])
            try #require(after == before)
            try #require(try await scenario.get("taken", from: "vault1").contains("guard = dog\n"))

            scenario.step("a setting that the process is restarted for")
            (before, after) = try await change(
                "services: {\(shop), vault: {settings: {guard: dog, lock: double}}}", in: scenario,
                plan: ["restart vault1: vault.conf [vault] lock simple -> double (interrupts the vault)"])
            try #require(after["vault1"]?.id == before["vault1"]?.id && after["vault1"]?.pid != before["vault1"]?.pid)
            try #require(others(than: "vault1", before) == others(than: "vault1", after))

            scenario.step("a setting that the container is replaced for")
            (before, after) = try await change(
                "services: {\(shop), vault: {settings: {guard: dog, lock: double, colour: red}}}", in: scenario,
                plan: ["replace vault1: vault.conf [vault] colour grey -> red (interrupts the vault)"])
            try #require(after["vault1"]?.id != before["vault1"]?.id)
            try #require(others(than: "vault1", before) == others(than: "vault1", after))

            scenario.step("a setting that the container's own environment reads")
            (before, after) = try await change(
                "services: {\(shop), vault: {settings: {guard: dog, lock: double, colour: red, style: round}}}",
                in: scenario, plan: ["replace vault1: environment changed (interrupts the vault)"])
            try #require(try await scenario.member("vault1").environment.contains("VAULT_STYLE=round"))
            try #require(others(than: "vault1", before) == others(than: "vault1", after))
        }
    }

    @Test func mergesTheOperatorsValuesOverTheRecipes() async throws {
        try await Scenario.run("overrides", services: "services: {vault: 1}") { scenario in
            try await scenario.minke("up")
            let (before, after) = try await change(
                "services: {vault: {config: {vault.conf: {vault: {guard: null}, alarm: {bells: [one, two]}}}}}",
                in: scenario,
                plan: [
                    "restart vault1: vault.conf [alarm] bells = one, two added; vault.conf [vault] guard removed"
                        + " (interrupts the vault)"
                ])
            try #require(after["vault1"]?.id == before["vault1"]?.id)
            let taken = try await scenario.get("taken", from: "vault1")
            try #require(taken.contains("[alarm]\nbells = one\nbells = two\n"), "\(taken)")
            try #require(!taken.contains("guard"))
        }
    }

    @Test func takesAChangedSecret() async throws {
        try await Scenario.run("secrets") { scenario in
            try await scenario.makeImages(["ledger", "shop"])
            let folder = scenario.folder
            let seals = ["0123456789abcdef", "fedcba9876543210"].map { String(repeating: $0, count: 4) }
            try Files.write(seals[0] + "\n", to: "\(folder)/seal", mode: 0o600)
            try Files.write("first-password\n", to: "\(folder)/password", mode: 0o644)
            try scenario.declare(
                """
                secrets: {shop.seal: {file: seal}, shop.ledger: {file: password}}
                services: {ledger: 1, shop: 1}
                """)

            scenario.step("a secret that others may read is refused")
            let refused = try await scenario.minke("up", expecting: 2)
            try #require(refused.errors.contains("others may read it; run `chmod 600 \(folder)/password`"))
            try #require(try await scenario.containers().isEmpty)
            try Files.setMode(0o600, of: "\(folder)/password")

            scenario.step("secrets are taken from files")
            try await scenario.minke("up")
            try #require(try await scenario.get("taken", from: "shop1").contains(seals[0]))
            try #require(try await scenario.ledger().contains("accounts/shop:first-password\n"))

            scenario.step("a changed one costs what its file says")
            let before = try await scenario.members()
            try Files.write(seals[1] + "\n", to: "\(folder)/seal", mode: 0o600)
            try #require(try await scenario.planLines() == ["reload shop1: seal changed"])
            try await scenario.minke("up")
            try #require(try await scenario.members() == before)
            try await scenario.eventually("the shop takes it") {
                try await scenario.get("taken", from: "shop1").contains(seals[1])
            }

            scenario.step("a changed password is granted before the service is given it, and is not printed")
            try Files.write("second-password\n", to: "\(folder)/password", mode: 0o600)
            let plan = try await scenario.minke("plan", expecting: 3)
            try #require(
                plan.output == """
                    grant account to shop: changed
                    replace shop1: shop.conf [ledger] password changed
                    """)
            let up = try await scenario.minke("up", "--verbose")
            try #require(!(up.output + up.errors).contains("second-password"))
            try #require(try await scenario.ledger().contains("accounts/shop:second-password\n"))
            try #require(try await scenario.get("taken", from: "shop1").contains("password = second-password\n"))
            try await scenario.requireNothingToDo()
        }
    }

    /// Declares other services, requires this plan, carries it out, and returns the members before and after.
    private func change(
        _ services: String, in scenario: Scenario, plan: [String]
    ) async throws -> (before: [String: MemberTrace], after: [String: MemberTrace]) {
        try scenario.declare(services)
        let before = try await scenario.members()
        try #require(try await scenario.planLines() == plan)
        try await scenario.minke("up")
        try await scenario.requireNothingToDo()
        return (before, try await scenario.members())
    }

    private func others(than name: String, _ members: [String: MemberTrace]) -> [String: MemberTrace] {
        members.filter { $0.key != name }
    }
}
