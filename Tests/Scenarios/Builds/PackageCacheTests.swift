import DockerEngine
import Glibc
import Model
import System
import Testing

/// The package cache, which all builds on an engine share, whoever starts them.
@Suite struct PackageCacheTests {
    private static let name = "minke-apt-cache-trixie"

    @Test func isThereAsLongAsABuildNeedsIt() async throws {
        // Builds of other scenarios would use the cache as well.
        try await Scenario.run(
            "package-cache", recipes: .project, images: ["root", "apt-cache"], services: "services: {}", alone: true
        ) { scenario in
            try await scenario.build(["root", "apt-cache"])
            try addRecipe("first", installing: "bc", "&& sleep 600", to: scenario)
            try addRecipe("second", installing: "dc", "", to: scenario)
            try addRecipe("third", installing: "bc", "&& sleep 600 # again", to: scenario)

            scenario.step("a build goes on after another one, of somebody with another home, has ended")
            try await killing("first", afterFetching: "bc", in: scenario) { cache in
                let other = try await command("second", in: scenario).run()
                try #require(other.status.isSuccess, "\(other.errorText)")
                try #require(try await scenario.engine.inspectContainer(Self.name).id == cache)
                try #require(try await awaitFetching("dc", "I", in: scenario) == cache)
            }

            scenario.step("it ends where its last build is killed")
            try await awaitEnd(in: scenario)

            scenario.step("what it had is not fetched again")
            try await killing("third", afterFetching: "bc", in: scenario) { _ in
                let lines = try await log(in: scenario)
                try #require(!lines.contains { $0.contains("|I|") && $0.contains("/bc_") }, "\(lines)")
            }
            try await awaitEnd(in: scenario)

            scenario.step("a root is made where folders have blanks in their names, and its packages are kept there")
            try addRoot("bare", to: scenario)
            let home = "\(scenario.folder)/home of bare"
            try Files.makeDirectory("\(home)/files")
            let built = try await command("bare", home: home, temporary: "\(home)/files", in: scenario).run()
            try #require(built.status.isSuccess, "\(built.errorText)")
            let kept = try Files.names(in: "\(home)/cache/minke/packages/trixie")
            try #require(kept.contains { $0.hasPrefix("base-files_") }, "\(kept)")
            try #require(try Files.names(in: "\(home)/files").isEmpty)
        }
    }

    /// Starts a build, runs `body` once the cache has given the build its package, and kills the program.
    private func killing(
        _ recipe: String, afterFetching package: String, in scenario: Scenario, _ body: (String) async throws -> Void
    ) async throws {
        let proxy = try EngineProxy(socket: "\(scenario.folder)/engine.sock", engine: scenario.engineAddress)
        defer { proxy.stop() }
        async let run = command(recipe, through: proxy.address, in: scenario).run()
        try await body(try await awaitFetching(package, "O", in: scenario))
        kill(try #require(proxy.client), SIGKILL)
        _ = try await run
    }

    /// A build by a user with a home of their own.
    private func command(
        _ recipe: String, home given: String? = nil, temporary: String? = nil, through engine: String? = nil,
        in scenario: Scenario
    ) -> Subprocess {
        let home = given ?? "\(scenario.folder)/home-\(recipe)"
        return scenario.command(
            ["build", recipe], through: engine,
            variables: [
                "HOME": home, "XDG_CACHE_HOME": "\(home)/cache", "TMPDIR": temporary ?? scenario.temporaryFolder,
            ])
    }

    private func addRoot(_ name: String, to scenario: Scenario) throws {
        let folder = "\(scenario.catalogFolder)/recipes/\(name)"
        try Files.makeDirectory(folder)
        try Files.write("summary: a bare root\nimage: {root: {variant: essential}}\n", to: "\(folder)/recipe.yaml")
    }

    private func addRecipe(_ name: String, installing package: String, _ more: String, to scenario: Scenario) throws {
        let folder = "\(scenario.catalogFolder)/recipes/\(name)"
        try Files.makeDirectory(folder)
        try Files.write("summary: \(name) of three\nimage: {parent: root}\n", to: "\(folder)/recipe.yaml")
        try Files.write(
            "ARG PARENT\nFROM ${PARENT}\nRUN minke-install \(package) \(more)\n", to: "\(folder)/Dockerfile")
    }

    private func log(in scenario: Scenario) async throws -> [String] {
        try await scenario.engine.logs(of: Self.name).map(\.text)
    }

    /// Waits until the cache has got a package from a mirror, `I`, or given it to a build, `O`, and returns its
    /// container's id.
    private func awaitFetching(_ package: String, _ direction: String, in scenario: Scenario) async throws -> String {
        try await scenario.eventually("\(package) goes by way of the cache", within: .seconds(180)) {
            try await log(in: scenario).contains { $0.contains("|\(direction)|") && $0.contains("/\(package)_") }
        }
        return try await scenario.engine.inspectContainer(Self.name).id
    }

    private func awaitEnd(in scenario: Scenario) async throws {
        try await scenario.eventually("the cache is gone", within: .seconds(120)) {
            try await scenario.engine.findContainer(Self.name) == nil
        }
    }
}
