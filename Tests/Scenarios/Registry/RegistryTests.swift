import DockerEngine
import Model
import System
import TestTools
import Testing

@Suite struct RegistryTests {
    @Test func givesAnEnvironmentTheImagesThatAnotherHostPushed() async throws {
        try await Scenario.run("registry", recipes: .project, images: ["registry", "memcached"]) { scenario in
            let registry = "\(scenario.publicAddress):5100"
            let image = "\(registry)/\(scenario.name)/memcached"
            try scenario.declare("services: {registry: 1}")
            // An own layer, so that the engine keeps nothing of the image when its names are removed.
            let file = "\(scenario.catalogFolder)/recipes/memcached/Dockerfile"
            let own = "\nUSER root\nRUN head -c 1M /dev/urandom >/own\nUSER memcache\n"
            try Files.write(try Files.readText(file) + own, to: file)
            try await scenario.build(["registry", "memcached"])
            try await scenario.minke("up")

            scenario.step("a built image is pushed")
            let built = try #require(try await self.image("\(scenario.name)/memcached", on: scenario.engine))
            try await scenario.minke("build", "memcached", "--push", registry)

            scenario.step("an engine that no longer has it pulls it, as it was")
            for name in [registry, ""] { try await scenario.minke("clean", "memcached", "--yes", "--registry", name) }
            try #require(try await self.image(image, on: scenario.engine) == nil)
            let gone = await thrown(EngineError.self) { try await scenario.engine.inspectImage(built.id) }
            try #require(gone != nil, "the engine still has the image, and would download nothing")
            try await scenario.minke("pull", "memcached", "--registry", registry)
            let pulled = try #require(try await self.image(image, on: scenario.engine))
            try #require(pulled.id == built.id && pulled.labels == built.labels)
            try await scenario.minke("clean", "memcached", "--yes", "--registry", registry)

            scenario.step("up pulls what its environment's registry has")
            let other = "\(scenario.folder)/other.yaml"
            try Files.write(
                """
                name: \(scenario.name)-other
                images: {prefix: \(scenario.name), registry: "\(registry)"}
                network: {subnet: 198.18.\(176 + scenario.place).0/24}
                services: {memcached: 1}
                """, to: other)
            try await scenario.minke("up", "--environment", other)
            try await scenario.minke("status", "--environment", other)
            let containers = try await scenario.engine.containers(
                filters: ["label": ["\(Labels.environment)=\(scenario.name)-other"]])
            try #require(containers.map(\.image) == ["\(image):epoxy-latest"])
            try await scenario.minke("plan", "--environment", other)

            scenario.step("an image that it has not is said before anything is done")
            try Files.write(
                try Files.readText(other).replacing("memcached: 1", with: "memcached: 1, rabbitmq: 1"), to: other)
            let refused = try await scenario.minke("up", "--environment", other, expecting: 1)
            try #require(refused.errors.contains("\(registry)/\(scenario.name)/rabbitmq"))
            try await scenario.minke("down", "--volumes", "--yes", "--environment", other)
            try await scenario.minke("clean", "memcached", "--yes", "--registry", registry)
        }
    }

    @Test func buildsOnARootThatIsPulled() async throws {
        try await Scenario.run("pulled-root", recipes: .project, images: ["registry", "root"]) { scenario in
            let registry = "\(scenario.publicAddress):5100"
            try scenario.declare("services: {registry: 1}")
            try await scenario.build(["registry", "root"])
            try await scenario.minke("up")
            try await scenario.minke("build", "root", "--push", registry)

            scenario.step("every image stands on what the environment names")
            let base = "\(registry)/\(scenario.name)/root:epoxy-latest"
            try scenario.declare("services: {registry: 1}", images: "root: {pull: \"\(base)\"}")
            try await scenario.minke("clean", "root", "--yes", "--registry", registry)
            let before = try #require(try await image("\(scenario.name)/root", on: scenario.engine))
            try await scenario.minke("build", "root")
            let root = try #require(try await image("\(scenario.name)/root", on: scenario.engine))
            try #require(root.id != before.id)
            let layers = try await scenario.engine.inspectImage(root.id).layers
            let baseLayers = try await scenario.engine.inspectImage(before.id).layers
            try #require(layers.starts(with: baseLayers) && layers.count > baseLayers.count)

            scenario.step("a name that the registry has not is said")
            try scenario.declare(
                "services: {registry: 1}", images: "root: {pull: \"\(registry)/\(scenario.name)/roof:1\"}")
            let failed = try await scenario.minke("build", "root", expecting: 1)
            try #require((failed.output + failed.errors).contains("\(scenario.name)/roof"))
        }
    }

    private func image(_ name: String, on engine: Engine) async throws -> ImageSummary? {
        try await engine.images(filters: ["reference": ["\(name):epoxy-latest"]]).first
    }
}
