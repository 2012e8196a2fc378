import DockerEngine
import Model
import System
import Testing

/// Builds of the project's recipes, by the program and by the engine's own client.
@Suite struct BuildsTests {
    @Test func buildsAsTheEnginesOwnClientDoes() async throws {
        try await Scenario.run(
            "plain-build", recipes: .project, images: ["nova", "nova-metadata"], services: "services: {}"
        ) { scenario in
            try await scenario.build(["nova", "nova-metadata"])
            let own = "\(scenario.name)/nova-metadata:epoxy-latest"
            let built = try await scenario.engine.inspectImage(own)

            scenario.step("a plain docker build, which is given the parent, makes the same of the recipe's folder")
            let plain = "\(scenario.name)/plain:1"
            try await docker(
                [
                    "build", "--quiet", "--label", "\(Scenario.label)=\(scenario.name)", "--build-arg",
                    "PARENT=\(scenario.name)/nova:epoxy-latest", "--tag", plain,
                    "\(scenario.catalogFolder)/recipes/nova-metadata",
                ], scenario)
            let other = try await scenario.engine.inspectImage(plain)
            try #require(other.layers.count == built.layers.count)
            let parent = try await scenario.engine.inspectImage("\(scenario.name)/nova:epoxy-latest")
            try #require(other.layers.starts(with: parent.layers) && built.layers.starts(with: parent.layers))
            for key in ["Cmd", "User", "WorkingDir", "ExposedPorts", "Env"] {
                try #require(other.raw["Config"]?[key] == built.raw["Config"]?[key], "\(key)")
            }
            let file = "/usr/share/nova/nova-metadata.wsgi"
            let bytes = try await content(file, of: own, scenario)
            try #require(try await content(file, of: plain, scenario) == bytes && !bytes.isEmpty)

            scenario.step("what is there is built again only where that is asked for")
            let again = try await scenario.minke("build", "nova-metadata", "--json").json()
            try #require(try outcome(again) == "present")
            let anew = try await scenario.minke("build", "nova-metadata", "--no-cache", "--json").json()
            try #require(try outcome(anew) == "built")
            try #require(try await scenario.engine.inspectImage(own).id != built.id)

            scenario.step("a release is named")
            let named = try await scenario.minke("build", "nova-metadata", "--release", "epoxy", "--json").json()
            try #require(try outcome(named) == "present")
            let unknown = try await scenario.minke("build", "nova-metadata", "--release", "epoxi", expecting: 2)
            try #require(unknown.errors.contains("epoxi") && unknown.errors.contains("epoxy"), "\(unknown.errors)")
        }
    }

    /// The outcome for the image that was asked for.
    private func outcome(_ report: Value) throws -> String? {
        try #require(report["images"]?.list).first { $0["recipe"]?.string == "nova-metadata" }?["outcome"]?.string
    }

    private func content(_ file: String, of image: String, _ scenario: Scenario) async throws -> [UInt8] {
        var configuration = ContainerConfiguration(image: image, command: ["true"])
        configuration.labels = [Scenario.label: scenario.name]
        let container = try await scenario.engine.createContainer(name: nil, configuration)
        let bytes = try await scenario.engine.readFile(file, of: container)
        try await scenario.engine.removeContainer(container, force: true, volumes: true)
        return bytes
    }

    private func docker(_ words: [String], _ scenario: Scenario) async throws {
        try await Subprocess(
            "docker", words, environment: .adding(["DOCKER_HOST": scenario.engineAddress, "DOCKER_BUILDKIT": "0"]),
            timeLimit: .seconds(300)
        ).run().checked()
    }
}
