import DockerEngine
import Model
import System
import Testing

/// Two releases on one engine, and environments that change their version and release. Building images of Debian 12
/// takes minutes, so it is part of `make test-full`.
@Suite(.enabled(if: Scenario.takesLongOnes))
struct ReleaseTests {
    private static let services = "{mariadb: 1, rabbitmq: 1, memcached: 1, keystone: 2, glance-api: 2, haproxy: 1}"
    /// The services with RabbitMQ of zed, since epoxy's does not take over its data.
    private static let pinned = services.replacing(
        "rabbitmq: 1", with: "rabbitmq: {replicas: 1, image: {release: zed}}")

    @Test func zedRunsBesideEpoxyAndIsUpgraded() async throws {
        try await Scenario.run("releases", recipes: .project, limit: .seconds(5400)) { scenario in
            // Images have the names that the environment gives them.
            try scenario.declare("services: \(Self.services)", tls: true)
            try await scenario.build(IdentityTests.images)
            try await scenario.build(IdentityTests.images, release: "zed")
            try await Subprocess("sh", ["-c", "seq 1 300000 >sent"], directory: scenario.folder).run().checked()

            scenario.step("a cloud of zed")
            try scenario.declare("services: \(Self.services)", images: "release: zed", tls: true)
            try await scenario.minke("up")
            try await scenario.minke("status")
            try await scenario.requireNothingToDo()
            try #require(try await releases(in: scenario) == ["zed"])
            try await upload(in: scenario)
            try await download(in: scenario)

            scenario.step("one of epoxy beside it")
            let beside = "\(scenario.folder)/beside.yaml"
            let subnet = "198.18.\(170 + scenario.place).0/24"
            let other = scenario.publicAddress.dropLast() + "2"
            try Files.write(
                """
                name: \(scenario.name)-beside
                images: {prefix: \(scenario.name), release: epoxy}
                network: {subnet: \(subnet)}
                public: {host: \(other), address: \(other), tls: true}
                services: \(Self.services)

                """, to: beside)
            try await scenario.minke("up", "-e", beside)
            try await upload(in: scenario, ["-e", beside])
            try await download(in: scenario, ["-e", beside])
            try await download(in: scenario)
            try await scenario.requireNothingToDo()

            scenario.step("which is not made one of zed")
            let before = try await scenario.engine.containers().map(\.id).sorted()
            try Files.write(
                Files.readText(beside).replacing("release: epoxy", with: "release: zed"), to: beside)
            let refused = try await scenario.start(["up", "--yes", "-e", beside])
            try #require(refused.status != 0)
            try #require(
                refused.errors.contains("keystone runs release epoxy, which release zed does not follow"),
                "\(refused.errors)")
            try #require(try await scenario.engine.containers().map(\.id).sorted() == before)
            try await scenario.minke("down", "--volumes", "--yes", "-e", beside)

            scenario.step("an edited version replaces what was built anew, and keeps what was written")
            for recipe in ["keystone", "glance-api"] {
                let file = "\(scenario.catalogFolder)/recipes/\(recipe)/Dockerfile"
                try Files.write(try Files.readText(file) + "ENV MINKE_TEST_VERSION=later\n", to: file)
            }
            try await scenario.minke(
                ["build", "--release", "zed", "--version", "later"] + IdentityTests.images)
            try scenario.declare(
                "services: \(Self.services)", images: "release: zed, version: later", tls: true)
            let plan = try await scenario.planLines()
            for member in ["keystone1", "keystone2", "glance-api1", "glance-api2"] {
                try #require(plan.contains { $0.hasPrefix("replace \(member): image changed") }, "\(plan)")
            }
            try await scenario.minke("up")
            try await scenario.requireNothingToDo()
            let keystone = try await scenario.member("keystone1")
            let version = try await scenario.engine.exec(
                in: keystone.id, ExecConfiguration(["printenv", "MINKE_TEST_VERSION"]))
            try #require(version.outputText.contains("later"))
            try await download(in: scenario)

            scenario.step("an edited release is refused where a service cannot follow, before anything has changed")
            try scenario.declare("services: \(Self.services)", images: "release: epoxy", tls: true)
            let members = try await scenario.members()
            let told = try await scenario.start(["up", "--yes"])
            try #require(told.status != 0)
            try #require(
                told.errors.contains("rabbitmq runs release zed and cannot change to release epoxy"), "\(told.errors)")
            try #require(!told.errors.contains("keystone runs"))
            try #require(try await scenario.members() == members)

            scenario.step("and carried out with that service as it was: the databases are migrated, images are there")
            try scenario.declare("services: \(Self.pinned)", images: "release: epoxy", tls: true)
            try await scenario.minke("up", "--yes")
            try await scenario.minke("status")
            try await scenario.requireNothingToDo()
            try #require(try await releases(in: scenario) == ["epoxy", "zed"])
            try await download(in: scenario)
            try await upload(in: scenario, name: "second")
            try await download(in: scenario, name: "second")
        }
    }

    /// The releases of the images that the scenario's own members run.
    private func releases(in scenario: Scenario) async throws -> Set<String> {
        let filter = ["label": ["\(Labels.environment)=\(scenario.name)", "\(Labels.role)=member"]]
        return Set(try await scenario.engine.containers(filters: filter).compactMap { $0.labels[Labels.release] })
    }

    private func upload(in scenario: Scenario, _ options: [String] = [], name: String = "disk") async throws {
        try await scenario.minke(
            ["client"] + options + [
                "--", "openstack", "image", "create", "--disk-format", "raw", "--container-format", "bare", "--file",
                "sent", name,
            ])
    }

    private func download(in scenario: Scenario, _ options: [String] = [], name: String = "disk") async throws {
        let token = try await scenario.minke(
            ["client"] + options + ["--", "openstack", "token", "issue", "-f", "value", "-c", "id"])
        #expect(!token.output.isEmpty)
        try await scenario.minke(
            ["client"] + options + ["--", "openstack", "image", "save", "--file", "received", name])
        try #require(try Files.read("\(scenario.folder)/sent") == Files.read("\(scenario.folder)/received"))
        try Files.remove("\(scenario.folder)/received")
    }
}
