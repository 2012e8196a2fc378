import DockerEngine
import HTTP
import Model
import Testing

@Suite struct PruningTests {
    /// Runs alone, since it works on all images of the engine.
    @Test func removesNothingThatIsInUseOrSomebodyElses() async throws {
        try await Scenario.run("pruning", services: "services: {ledger: 1, vault: 1}", alone: true) { scenario in
            try await scenario.minke("up")
            let used = try await scenario.member("vault1").imageID
            let unused = try await scenario.id(of: "shop")
            // An image without a name and without Minke's label, as builds of other programs leave behind.
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
            // By the twelve digits that the list shows, which may have images of earlier scenarios as well.
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
