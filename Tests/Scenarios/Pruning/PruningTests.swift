import DockerEngine
import HTTP
import Model
import Testing

@Suite struct PruningTests {
    /// It goes for all of the engine's images, and so alone.
    @Test func removesNothingThatIsInUseOrSomebodyElses() async throws {
        try await Scenario.run("pruning", services: "services: {ledger: 1, vault: 1}", alone: true) { scenario in
            try await scenario.minke("up")
            let used = try await scenario.member("vault1").imageID
            let unused = try await scenario.id(of: "shop")
            // Without a name and without Minke's label: as another program's builds leave them behind.
            var build = ImageBuild()
            build.labels = [Scenario.label: scenario.name]
            let foreign = "FROM \(scenario.name)/tiny:one-latest\nCOPY mine /mine\n"
            let before = Set(try await scenario.engine.images().map(\.id))
            _ = try await scenario.engine.buildImage(
                build, context: .tar([.text("Dockerfile", foreign), .text("mine", "1")]))
            let theirs = Set(try await scenario.engine.images().map(\.id)).subtracting(before)
            try #require(theirs.count == 1)

            scenario.step("newer images take the names of older ones, one of which a container has")
            try await scenario.makeImages(["shop", "vault"], version: "2")
            let listing = try await scenario.listing()
            let refused = try await scenario.minke("prune", expecting: 4)
            // As the list names images; those of scenarios before may be in it as well.
            func shown(_ id: String) -> Bool { refused.errors.contains(id.dropFirst("sha256:".count).prefix(12)) }
            try #require(shown(unused) && !shown(used), "\(refused.errors)")

            scenario.step("what nobody has goes, and nothing else")
            let all = Set(try await scenario.engine.images().map(\.id))
            try await scenario.minke("prune", "--yes")
            let left = Set(try await scenario.engine.images().map(\.id))
            try #require(all.subtracting(left).contains(unused))
            try #require(left.contains(used) && left.isSuperset(of: theirs))
            try #require(try await scenario.listing() == listing)
            try #require(try await scenario.minke("prune", "--yes").output.contains("nothing to remove"))

            scenario.step("when its container is gone, the other goes as well; data stays")
            _ = try await scenario.shell("echo gold >/var/vault/gold", in: "vault1")
            try await scenario.minke("up")
            try await scenario.minke("prune", "--yes")
            try #require(try await !scenario.engine.images().contains { $0.id == used })
            try #require(try await scenario.shell("cat /var/vault/gold", in: "vault1") == "gold\n")
            for id in theirs { try await scenario.engine.removeImage(id, force: true) }
        }
    }
}
