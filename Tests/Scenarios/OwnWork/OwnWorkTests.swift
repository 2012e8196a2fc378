import DockerEngine
import Testing

/// Work that is done for each member: grants and jobs of their own.
@Suite struct OwnWorkTests {
    @Test func givesEachMemberItsGrantAndItsJobOnce() async throws {
        try await Scenario.run("own-work") { scenario in
            try await scenario.makeImages(["ledger", "smith"])
            try scenario.declare("services: {ledger: 1, smith: 2}")
            try await scenario.minke("up")

            scenario.step("each member has an account with a key of its own, and did its job with its own volume")
            let accounts = try await scenario.shell("cd /var/ledger/accounts; cat smith1 smith2", in: "ledger1")
            #expect(Set(accounts.split(separator: "\n")).count == 2)
            #expect(try await scenario.forges(2) == ["smith1\n", "smith2\n"])
            #expect(try await scenario.lights() == ["smith1-light-1", "smith2-light-1"])
            try await scenario.requireNothingToDo()

            scenario.step("another member's work is its own")
            try scenario.declare("services: {ledger: 1, smith: 3}")
            let lines = try await scenario.planLines()
            #expect(lines.count == 3 && lines.allSatisfy { $0.contains("smith3") }, "\(lines)")
            try await scenario.minke("up")
            #expect(try await scenario.forges(3) == ["smith1\n", "smith2\n", "smith3\n"])
            #expect(try await scenario.lights() == ["smith1-light-1", "smith2-light-1", "smith3-light-1"])

            scenario.step("a member that comes back to its volume does not do its job again")
            try scenario.declare("services: {ledger: 1, smith: 2}")
            try await scenario.minke("up", "--yes")
            _ = try await scenario.shell("rm /var/ledger/entries/smith3-light-1", in: "ledger1")
            try scenario.declare("services: {ledger: 1, smith: 3}")
            try await scenario.minke("up")
            #expect(try await scenario.forges(3) == ["smith1\n", "smith2\n", "smith3\n"])
            #expect(try await scenario.lights() == ["smith1-light-1", "smith2-light-1"])
            try await scenario.requireNothingToDo()
        }
    }
}

extension Scenario {
    /// The content of the first smiths' forges.
    fileprivate func forges(_ count: Int) async throws -> [String] {
        var found: [String] = []
        for number in 1...count { found.append(try await shell("ls /var/vault", in: "smith\(number)")) }
        return found
    }

    /// The names of the entries that smiths made when they lit their forges.
    fileprivate func lights() async throws -> [String] {
        try await shell("ls /var/ledger/entries", in: "ledger1").split(separator: "\n").map(String.init)
    }
}
