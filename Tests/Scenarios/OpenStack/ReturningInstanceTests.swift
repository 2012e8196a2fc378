import Model
import System
import TestTools
import Testing

/// An instance of OpenStack's core when its only node is made anew, its cloud is taken down, and the engine starts again;
/// others, with further disks and of a given image.
@Suite(.enabled(if: Scenario.takesLongOnes)) struct ReturningInstanceTests {
    @Test(.enabled(if: environmentVariable("MINKE_TEST_DOCKER_HOST") != nil))
    func comesBackWithItsCloud() async throws {
        try await Scenario.run(
            "openstack-returns", recipes: .project, images: OpenStackTests.images, alone: true, limit: .seconds(3600)
        ) { scenario in
            try scenario.declare(OpenStackTests.declaration(scenario), tls: true)
            try await scenario.build(OpenStackTests.images)
            try await scenario.minke("up")
            let demo = try await scenario.minke("demo", "--json").json()
            let guest = try Guest(demo)
            let instance = guest.identifier

            scenario.step("a node without another one is made anew, and its instance goes on where it was")
            let boot = try await guest.bootID()
            try scenario.declare(
                OpenStackTests.declaration(scenario)
                    .replacing("\n  compute: 1", with: "\n  compute: {replicas: 1, memory: 8g}"), tls: true)
            var stops: [String] = []
            for name in ["nova-compute-compute1", "compute1"] {
                stops.append("POST /containers/\(try await scenario.member(name).id)/stop")
            }
            let proxy = try EngineProxy(socket: "\(scenario.folder)/engine.sock", engine: scenario.engineAddress)
            defer { proxy.stop() }
            try await scenario.minke("up", through: proxy.address)
            try #require(
                proxy.requests.map(\.description).filter(stops.contains).prefix(2) == stops[...],
                "Nova's compute service ends while it has a network")
            try await scenario.requireNothingToDo()
            try await scenario.eventually("the instance answers", within: .seconds(60)) {
                try await Pings.answers(guest.address)
            }
            try #require(try await guest.bootID() == boot)
            try await guest.requireConfigDrive()

            scenario.step("when everything is taken down and brought up again, the instance comes back")
            try await scenario.minke("down", "--yes")
            try await scenario.minke("up")
            try await scenario.requireDemo(finds: instance)

            scenario.step("so it does when the engine starts again, and nobody does anything")
            let running = try await scenario.members()
            try await scenario.client.end(in: scenario)
            try await Scenario.restartEngine([])
            try await scenario.eventually("every member answers", within: .seconds(300)) {
                try await scenario.start(["status"]).status == 0
            }
            try #require(try await scenario.members().mapValues(\.id) == running.mapValues(\.id))
            try await scenario.requireNothingToDo()
            try await scenario.eventually("the instance answers", within: .seconds(180)) {
                try await Pings.answers(guest.address)
            }
            try await scenario.requireDemo(finds: instance)

            scenario.step(
                "others have further disks, and an address is another one's as soon as the first one is gone")
            try await FurtherInstances.require(scenario)
            try await scenario.minke("demo", "--clean", "--yes")

            scenario.step("another image, from a web server, and the user's own key")
            try await GivenImage.serve(scenario) { image in
                let key = "\(scenario.folder)/own"
                try await Subprocess(
                    "ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", key], timeLimit: .seconds(10)
                ).run().checked()
                let other = try Guest(
                    try await scenario.minke("demo", "--image", image, "--public-key", "\(key).pub", "--json").json())
                try #require(try await other.run("uname -n") == "minke-demo")
                try #require(scenario.column("Name", of: try await scenario.openstack("image", "list")) == ["own.img"])
            }
            try await scenario.minke("demo", "--clean", "--yes")
            try await scenario.minke("down", "--volumes", "--yes")
        }
    }
}
