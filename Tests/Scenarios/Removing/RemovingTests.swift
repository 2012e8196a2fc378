import System
import Testing

@Suite struct RemovingTests {
    @Test func asksBeforeAMemberGoes() async throws {
        try await Scenario.run("removing", services: "services: {ledger: 1, shop: 3, vault: 1}") { scenario in
            try await scenario.minke("up")
            let before = try await scenario.members()

            scenario.step("with fewer members and a service less in the file, nobody is asked and nothing happens")
            try scenario.declare("services: {ledger: 1, shop: 2}")
            let refused = try await scenario.minke("up", expecting: 4)
            try #require(refused.errors.contains("remove shop3: not in the environment [destroys container"))
            try #require(refused.errors.contains("remove vault1"))
            try #require(try await scenario.members() == before)

            scenario.step("with a yes they go, and the volume stays")
            try await scenario.minke("up", "--yes")
            let after = try await scenario.members()
            try #require(after == before.filter { !["shop3", "vault1"].contains($0.key) })
            try #require(
                try await scenario.listing().contains { $0.hasPrefix("volume \(scenario.name)-vault1-treasure ") })
            try await scenario.requireNothingToDo()

            scenario.step("wanted again, the service has its volume and its secret again")
            try scenario.declare("services: {ledger: 1, shop: 2, vault: 1}")
            try await scenario.minke("up")
            try #require(try await scenario.member("vault1").state.state == .running)
            try await scenario.requireNothingToDo()
        }
    }

    @Test func goesDownWithOrWithoutItsData() async throws {
        try await Scenario.run("down", services: "services: {ledger: 1, shop: 1, vault: 1}") { scenario in
            let nothing = try await scenario.listing()
            try await scenario.minke("up")
            _ = try await scenario.shell("echo gold >/var/vault/gold", in: "vault1")
            let ledger = try await scenario.ledger()
            let files = try await scenario.shell("cat /etc/minke/shop.conf /etc/minke/seal", in: "shop1")

            scenario.step("down leaves the data volumes, and whose they are")
            try await scenario.minke("down")
            let rest = Set(try await scenario.listing()).subtracting(nothing).map { $0.split(separator: " ")[1] }
            try #require(
                Set(rest) == [
                    "\(scenario.name)-ledger1-data", "\(scenario.name)-vault1-treasure",
                    "minke-\(scenario.name)-owner",
                ])
            try #require(try await scenario.minke("ps").output == "nothing runs")

            scenario.step("up brings everything back as it was")
            try await scenario.minke("up")
            try #require(try await scenario.ledger() == ledger)
            try #require(try await scenario.shell("cat /var/vault/gold", in: "vault1") == "gold\n")
            try #require(
                try await scenario.shell("cat /etc/minke/shop.conf /etc/minke/seal", in: "shop1") == files)

            scenario.step("the data goes only with a yes")
            let listing = try await scenario.listing()
            let refused = try await scenario.minke("down", "--volumes", expecting: 4)
            try #require(refused.errors.contains("\(scenario.name)-vault1-treasure"))
            try #require(try await scenario.listing() == listing)

            scenario.step("down with volumes leaves nothing, and remembers nothing")
            let keys = "\(scenario.stateFolder)/demo"
            for name in [scenario.name, "another"] {
                try Files.makeDirectory("\(keys)/\(name)", mode: 0o700)
                try Files.write("a key", to: "\(keys)/\(name)/id_ecdsa", mode: 0o600)
            }
            try await scenario.minke("down", "--volumes", "--yes")
            try #require(try await scenario.listing() == nothing)
            try #require(try Files.names(in: keys) == ["another"])
            try await scenario.minke("up")
            try #require(
                try await scenario.shell("cat /etc/minke/shop.conf /etc/minke/seal", in: "shop1") != files)
            try await scenario.minke("down", "--volumes", "--yes")
            try #require(try await scenario.listing() == nothing)

            scenario.step("another down has nothing to do")
            try #require(try await scenario.minke("down").output.contains("nothing to do"))
        }
    }
}
