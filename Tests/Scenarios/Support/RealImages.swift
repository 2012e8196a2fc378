import DockerEngine
import System
import TestTools
import Testing

extension Scenario {
    /// Builds images of the scenario's recipes under its own names. Images that exist already only get the names.
    ///
    /// They are of those that the scenario says it uses, since its result would depend on others unseen.
    func build(_ recipes: [String]) async throws {
        if let images { try #require(Set(recipes).subtracting(images).isEmpty, "images: lacks \(recipes)") }
        let ready = try await Self.projectImages.value
        if !ready.isEmpty { diary.add(ready) }
        let run = try await start(["build", "-j", "2"] + recipes)
        try #require(run.status == 0, "\(run.output)\(run.errors)")
    }

    /// Builds images of another release than the catalogue's default. They are kept for later runs.
    func build(_ recipes: [String], release: String) async throws {
        let words = ["build", "-j", "2", "--release", release]
        let built = try await Subprocess(
            program, words + ["--catalog", "\(Places.repository)/catalog"] + recipes,
            environment: .adding(["DOCKER_HOST": engineAddress]), timeLimit: .seconds(3600)
        ).run().checked()
        diary.add(built.errorText)
        try await minke(words + recipes)
    }

    /// Changes recipes of the scenario, so that `build` makes images of another identity with the same content.
    func changeImages(of recipes: [String], to version: String) throws {
        for recipe in recipes {
            let file = "\(catalogFolder)/recipes/\(recipe)/Dockerfile"
            try Files.write(try Files.readText(file) + "LABEL \(Self.label).version=\(version)\n", to: file)
        }
    }

    /// The build of the project's images, once for all scenarios; it returns the program's messages. The images are
    /// kept for later runs. No scenario restarts the engine meanwhile, so one that has the engine alone must await it
    /// before.
    static let projectImages = Task { () -> String in
        try await EngineLock.shared.share {
            let result = try await Subprocess(
                try Places.program(), ["build", "-j", "2", "--catalog", "\(Places.repository)/catalog"],
                environment: .adding(["DOCKER_HOST": engineAddress]), timeLimit: .seconds(1800)
            ).run().checked()
            return result.errorText
        }
    }
}
