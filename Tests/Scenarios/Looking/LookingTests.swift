import Model
import Storage
import System
import Testing

@Suite(.timeLimit(.minutes(60)))
struct LookingTests {
    @Test func lookingAtOtherFilesGivesNoAddressAway() async throws {
        let services = "services: {ledger: 1, shop: 2, clock: 1}"
        try await Scenario.run("looking", services: services) { scenario in
            try await scenario.makeImages(["vault"])
            try await scenario.minke("up")
            let before = try await scenario.members()
            let remembered = try scenario.addresses()
            try #require(remembered.keys.sorted() == ["clock1", "ledger1", "shop1", "shop2"])

            scenario.step("files without some members are only looked at")
            for others in [
                "services: {ledger: 1, shop: {members: {shop2: {}}}}",
                "services: {ledger: 1, shop: {members: {shop2: {}}}, vault: 1}",
                "services: {vault: 1}",
            ] {
                try scenario.declare(others)
                try await scenario.minke("plan", expecting: 3)
                try await scenario.minke("plan", "--json", expecting: 3)
                try await scenario.minke("config", "render", "vault1", expecting: others.contains("vault") ? 0 : 2)
                _ = try await scenario.start(["status"])
                try await scenario.minke("ps")
                let unconfirmed = try await scenario.start(["up"])
                try #require(unconfirmed.status != 0)
                try #require(try scenario.addresses() == remembered, "\(others)")
            }

            scenario.step("nothing has changed for the first file")
            try scenario.declare(services)
            try await scenario.requireNothingToDo()
            try await scenario.minke("up")
            try #require(try await scenario.members() == before)
            try #require(try scenario.addresses() == remembered)

            scenario.step("a member that comes while another goes gets an address of its own")
            try scenario.declare("services: {ledger: 1, shop: {members: {shop2: {}}}, vault: 1}")
            try await scenario.minke("up", "--yes")
            try await scenario.requireNothingToDo()
            let now = try scenario.addresses()
            let vault = try #require(now["vault1"])
            try #require(
                now.filter { $0.key != "vault1" } == remembered.filter { ["ledger1", "shop2"].contains($0.key) })
            try #require(Set(vault).isDisjoint(with: remembered.values.joined()))

            scenario.step("what is gone comes back")
            try scenario.declare("services: {ledger: 1, shop: 2, clock: 1, vault: 1}")
            try await scenario.minke("up")
            try await scenario.requireNothingToDo()
            for name in ["ledger1", "shop2"] { try #require(try await scenario.members()[name] == before[name]) }

            scenario.step("a member cannot have the address under which another runs")
            let address = try await scenario.address(of: "shop1")
            try scenario.declare("services: {ledger: 1, shop: 2, clock: {members: {clock1: {address: \(address)}}}}")
            let refused = try await scenario.minke("plan", expecting: 2)
            try #require(
                refused.errors.contains(
                    "environment.yaml:5:50: the address \(address) of clock1 is in use by the container of shop1"))
        }
    }
}

extension Scenario {
    /// The addresses that are remembered, by member.
    fileprivate func addresses() throws -> [String: [String]] {
        let prefix = "environments/\(name)/addresses/"
        var addresses: [String: [String]] = [:]
        for entry in try SQLiteStore(path: "\(stateFolder)/minke.db").range(prefix: prefix) {
            let member = String(entry.key.dropFirst(prefix.count))
            addresses[member] = try JSON.parse(entry.value).list?.compactMap(\.string)
        }
        return addresses
    }
}
