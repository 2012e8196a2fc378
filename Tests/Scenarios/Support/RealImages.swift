import DockerEngine
import System
import Testing

extension Scenario {
    /// Builds images of the scenario's recipes under its own names. What was built before is only named.
    func build(_ recipes: [String]) async throws {
        let ready = try await Self.projectImages.value
        if !ready.isEmpty { diary.add(ready) }
        let run = try await start(["build", "-j", "2"] + recipes)
        try #require(run.status == 0, "\(run.output)\(run.errors)")
    }

    /// The project's images, built once for all scenarios, and kept for later runs.
    private static let projectImages = Task { () -> String in
        let result = try await Subprocess(
            try Places.program(), ["build", "-j", "2", "--catalog", "\(Places.repository)/catalog"],
            environment: .adding(["DOCKER_HOST": engineAddress]), timeLimit: .seconds(1800)
        ).run().checked()
        return result.errorText
    }
}
