import DockerEngine
import Glibc
import Model
import System
import Testing

/// The package cache, which all builds on an engine share, whosever they are.
@Suite struct PackageCacheTests {
    private static let name = "minke-apt-cache-trixie"

    @Test func isThereAsLongAsABuildNeedsIt() async throws {
        // Others' builds would use it as well.
        try await Scenario.run("package-cache", recipes: .project, services: "services: {}", alone: true) { scenario in
            try await scenario.build(["root", "apt-cache"])
            try addRecipe("first", installing: "bc", "&& sleep 600", to: scenario)
            try addRecipe("second", installing: "dc", "", to: scenario)
            try addRecipe("third", installing: "bc", "&& sleep 600 # again", to: scenario)

            scenario.step("a build goes on after another one, of somebody with another home, has ended")
            let first = try await BuildToKill.start("first", in: scenario)
            let cache = try await awaitFetching("bc", "O", in: scenario)
            let other = try await command("second", in: scenario).run()
            try #require(other.status.isSuccess, "\(other.errorText)")
            try #require(try await scenario.engine.inspectContainer(Self.name).id == cache)
            try #require(try await awaitFetching("dc", "I", in: scenario) == cache)

            scenario.step("it ends where its last build is killed")
            try await first.kill()
            try await awaitEnd(in: scenario)

            scenario.step("what it had is not fetched again")
            let third = try await BuildToKill.start("third", in: scenario)
            _ = try await awaitFetching("bc", "O", in: scenario)
            let lines = try await log(in: scenario)
            try #require(!lines.contains { $0.contains("|I|") && $0.contains("/bc_") }, "\(lines)")
            try await third.kill()
            try await awaitEnd(in: scenario)
        }
    }

    /// A build whose program is killed.
    private struct BuildToKill {
        let process: pid_t
        let run: Task<Void, Never>

        static func start(_ recipe: String, in scenario: Scenario) async throws -> BuildToKill {
            let file = "\(scenario.folder)/\(recipe).pid"
            var command = PackageCacheTests.command(recipe, in: scenario)
            command.arguments = ["-c", "echo $$ >'\(file)'; exec \"$0\" \"$@\"", command.program] + command.arguments
            command.program = "/bin/sh"
            let started = command
            let run = Task { _ = try? await started.run() }
            try await scenario.eventually("the build of \(recipe) has begun") {
                ((try? Files.readText(file)) ?? "").hasSuffix("\n")
            }
            let text = try Files.readText(file).split(separator: "\n").first.map(String.init) ?? ""
            return BuildToKill(process: try #require(pid_t(text)), run: run)
        }

        func kill() async throws {
            try #require(Glibc.kill(process, SIGKILL) == 0)
            await run.value
        }
    }

    private static func command(_ recipe: String, in scenario: Scenario) -> Subprocess {
        var command = scenario.command(["build", recipe])
        if case .adding(var variables) = command.environment {
            variables["HOME"] = "\(scenario.folder)/home-\(recipe)"
            variables["XDG_CACHE_HOME"] = "\(scenario.folder)/home-\(recipe)/cache"
            command.environment = .adding(variables)
        }
        return command
    }

    private func command(_ recipe: String, in scenario: Scenario) -> Subprocess { Self.command(recipe, in: scenario) }

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

    /// Waits until the cache has got a package from a mirror, `I`, or given it to a build, `O`, and gives its container.
    private func awaitFetching(_ package: String, _ direction: String, in scenario: Scenario) async throws -> String {
        try await scenario.eventually("\(package) goes by way of the cache", within: .seconds(180)) {
            try await log(in: scenario).contains { $0.contains("|\(direction)|") && $0.contains("/\(package)_") }
        }
        return try await scenario.engine.inspectContainer(Self.name).id
    }

    private func awaitEnd(in scenario: Scenario) async throws {
        try await scenario.eventually("the cache is gone", within: .seconds(120)) {
            do {
                _ = try await scenario.engine.inspectContainer(Self.name)
                return false
            } catch let error as EngineError where error.isNotFound {
                return true
            }
        }
    }
}
