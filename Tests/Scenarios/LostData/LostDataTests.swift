import DockerEngine
import Model
import System
import Testing

@Suite struct LostDataTests {
    @Test func asksBeforeItGoesOnWithoutDataThatWasThere() async throws {
        try await Scenario.run("lost-data", services: "services: {ledger: 1, shop: 1, vault: 1}") { scenario in
            scenario.step("a first up asks nothing")
            try await scenario.minke("up")
            _ = try await scenario.shell("echo gold >/var/vault/gold", in: "vault1")
            let treasure = "\(scenario.name)-vault1-treasure"

            scenario.step("down and up keeps everything, and asks nothing")
            try await scenario.minke("down")
            try await scenario.minke("up")
            try #require(try await scenario.shell("cat /var/vault/gold", in: "vault1") == "gold\n")

            scenario.step("a volume is lost while the environment is down")
            try await scenario.minke("down")
            try await scenario.engine.removeVolume(treasure)
            let lines = try await scenario.planLines()
            let line = try #require(lines.first { $0.hasPrefix("create vault1: ") })
            try #require(line.contains("[without the treasure: volume \(treasure) is gone; "), "\(line)")
            try #require(line.contains("`minke restore ARCHIVE`"))
            try #require(lines.count { $0.contains("[without") } == 1, "\(lines)")
            let listing = try await scenario.listing()
            let refused = try await scenario.minke("up", expecting: 4)
            try #require(refused.errors.contains(line) && refused.errors.contains("Go on without that?"))
            try #require(try await scenario.listing() == listing)

            scenario.step("a saved plan asks as well")
            let file = "\(scenario.folder)/plan.json"
            try Files.write(try await scenario.minke("plan", "--json", expecting: 3).output, to: file)
            try await scenario.minke("up", "--plan", file, expecting: 4)
            try #require(try await scenario.listing() == listing)

            scenario.step("with a yes it begins anew, and the new volume is what there is from now on")
            try await scenario.minke("up", "--yes")
            try #require(try await scenario.shell("ls /var/vault", in: "vault1") == "")
            try await scenario.requireNothingToDo()
            try await scenario.minke("down")
            try await scenario.minke("up")

            scenario.step("a member's container and volume are lost while the environment is up")
            try await scenario.engine.removeContainer(try await scenario.member("vault1").id, force: true)
            try await scenario.engine.removeVolume(treasure)
            try await scenario.minke("up", expecting: 4)
            try await scenario.minke("up", "--yes")
            try await scenario.requireNothingToDo()

            scenario.step("where nothing is remembered, nothing is missed")
            try await scenario.minke("down")
            try await scenario.engine.removeVolume(treasure)
            try Files.remove(scenario.stateFolder)
            try await scenario.minke("up")
        }
    }

    @Test func asksBeforeARenamedMemberLeavesItsDataBehind() async throws {
        try await Scenario.run("renamed-data", services: "services: {ledger: 1, shop: 1, vault: 1}") { scenario in
            try await scenario.minke("up")
            _ = try await scenario.shell("echo gold >/var/vault/gold", in: "vault1")
            let treasure = "\(scenario.name)-vault1-treasure"

            scenario.step("a new name alone would leave the treasure behind, and is asked for")
            try scenario.declare("services: {ledger: 1, shop: 1, vault: {members: {safe: {}}}}")
            let refused = try await scenario.minke("up", expecting: 4)
            try #require(
                refused.errors.contains(
                    "create safe: missing [without the treasure in volume \(treasure), which would no longer be used"),
                "\(refused.errors)")
            try #require(refused.errors.contains("`data-of: vault1`"))

            scenario.step("so it is where the environment is down")
            try await scenario.minke("down")
            let lines = try await scenario.planLines()
            try #require(lines.contains { $0.hasPrefix("create safe: missing [without") }, "\(lines)")

            scenario.step("the data is taken over")
            try scenario.declare("services: {ledger: 1, shop: 1, vault: 1}")
            try await scenario.minke("up")
            try scenario.declare("services: {ledger: 1, shop: 1, vault: {members: {safe: {data-of: vault1}}}}")
            try await scenario.minke("up", "--yes")
            try #require(try await scenario.shell("cat /var/vault/gold", in: "safe") == "gold\n")
            try #require(
                try await !scenario.listing().contains { $0.hasPrefix("volume \(scenario.name)-safe-treasure ") })
            try await scenario.requireNothingToDo()

            scenario.step("without the word again, the data would be left behind")
            try scenario.declare("services: {ledger: 1, shop: 1, vault: {members: {safe: {}}}}")
            try await scenario.minke("up", expecting: 4)
            try #require(try await scenario.shell("cat /var/vault/gold", in: "safe") == "gold\n")
        }
    }

    @Test func asksBeforeARenamedEnvironmentLeavesItsDataBehind() async throws {
        try await Scenario.run("renamed-all", services: "services: {vault: 1}") { scenario in
            try await scenario.minke("up")
            try await scenario.minke("down")
            let file = try Files.readText(scenario.environmentFile)
            try Files.write(
                file.replacing("name: \(scenario.name)\n", with: "name: \(scenario.name)-new\n"),
                to: scenario.environmentFile)
            let refused = try await scenario.minke("up", expecting: 4)
            try #require(
                refused.errors.contains(
                    "create vault1: missing [without the treasure in volume \(scenario.name)-vault1-treasure of "
                        + "environment \(scenario.name), as this file called it before; `name: \(scenario.name)` keeps it]"
                ), "\(refused.errors)")
            try await scenario.minke("up", "--yes")
            try await scenario.minke("plan")
        }
    }

    @Test func refusesWhatANetworkThatIsThereCannotBecome() async throws {
        try await Scenario.run("network-keys", services: "services: {clock: 1}") { scenario in
            try await scenario.minke("up")
            let before = try await scenario.members()
            let file = try Files.readText(scenario.environmentFile)
            let gateway = scenario.subnet.replacing(".0/24", with: ".9")
            for (key, value, has) in [
                ("mtu", "1400", "1500"), ("gateway", gateway, scenario.subnet.replacing(".0/24", with: ".1")),
            ] {
                scenario.step("another \(key)")
                try Files.write(
                    file.replacing(
                        "{subnet: \(scenario.subnet)}", with: "{subnet: \(scenario.subnet), \(key): \(value)}"),
                    to: scenario.environmentFile)
                for command in ["plan", "up"] {
                    let run = try await scenario.minke(command, expecting: 2)
                    let column = scenario.subnet.count + key.count + 23
                    let told =
                        "environment.yaml:3:\(column): network minke-\(scenario.name) has \(key) \(has), "
                        + "and \(value) is asked for"
                    try #require(run.errors.contains(told), "\(run.errors)")
                }
            }
            try #require(try await scenario.members() == before)

            scenario.step("down and up, it is so")
            try await scenario.minke("down")
            try await scenario.minke("up")
            let network = try await scenario.engine.inspectNetwork("minke-\(scenario.name)")
            try #require(network.subnets.first?.gateway == gateway)
            try await scenario.requireNothingToDo()
        }
    }
}
