import DockerEngine
import Glibc
import Model
import System
import Testing

@Suite struct NeighboursTests {
    @Test func leavesAnotherEnvironmentOnTheEngineAlone() async throws {
        try await Scenario.run("first-of-two", services: "services: {ledger: 1, shop: 1}") { first in
            try await first.minke("up")
            try await first.beside("second-of-two", services: "services: {ledger: 1, shop: 1}") { second in
                let before = try await first.members()
                second.step("members of the same names come, change and go beside the first's")
                try await second.minke("up")
                try #require(try await second.ledger() != first.ledger(), "each has its own password")
                try second.declare("services: {ledger: 1, shop: {replicas: 1, settings: {tills: 5}}}")
                try await second.minke("up")
                try #require(try await second.minke("ps", "--json").json().list?.count == 2)
                try await second.minke("down", "--volumes", "--yes")
                try #require(try await first.members() == before)
                try await first.requireNothingToDo()
            }
        }
    }

    @Test func touchesNothingThatIsSomeoneElses() async throws {
        try await Scenario.run("foreign", services: "services: {ledger: 1, shop: 1, vault: 1}") { scenario in
            let engine = scenario.engine
            let labels = [Scenario.label: scenario.name]

            scenario.step("a container of the name of a member")
            var foreign = ContainerConfiguration(image: scenario.image("clock"), command: ["sleep", "600"])
            foreign.labels = labels
            foreign.host.networkMode = "none"
            let container = try await engine.createContainer(name: "\(scenario.name)-shop1", foreign)
            try await requireConflict(
                "shop1 needs the container name \(scenario.name)-shop1, which a container of someone else has",
                in: scenario)
            try await engine.removeContainer(container, force: true)

            scenario.step("a network of the name of the environment's")
            var network = NetworkConfiguration(name: "minke-\(scenario.name)")
            network.subnet = scenario.subnet
            network.labels = labels
            let networkID = try await engine.createNetwork(network)
            try await requireConflict(
                "network minke-\(scenario.name) exists and is not this environment's", in: scenario)
            try await engine.removeNetwork(networkID)

            scenario.step("a container of the name of a job's")
            let job = try await engine.createContainer(name: "\(scenario.name)-shop-schema", foreign)
            try await requireConflict("shop/schema needs the container name \(scenario.name)-shop-schema", in: scenario)
            try await engine.removeContainer(job, force: true)

            scenario.step("another network with the environment's addresses")
            network.name = "\(scenario.name)-other"
            let other = try await engine.createNetwork(network)
            try await requireConflict("network \(scenario.name)-other has \(scenario.subnet)", in: scenario)
            try await engine.removeNetwork(other)

            scenario.step("a volume of the name of a member's")
            _ = try await engine.createVolume("\(scenario.name)-ledger1-data", labels: labels)
            try await requireConflict(
                "ledger1 needs the volume name \(scenario.name)-ledger1-data, which a volume of someone else has",
                in: scenario)
            try await engine.removeVolume("\(scenario.name)-ledger1-data")

            scenario.step("an image that Minke did not build, under the name of a recipe's")
            try await engine.tag("\(scenario.name)/tiny:one-latest", as: ImageReference(scenario.image("shop")))
            try await requireConflict("image \(scenario.image("shop"))", in: scenario)
            try await scenario.makeImages(["shop"])

            scenario.step("a container that publishes the port")
            var publisher = foreign
            publisher.host.networkMode = nil
            publisher.host.ports = ["1/tcp": [HostPort(address: scenario.publicAddress, port: 18080)]]
            let port = try await engine.createContainer(name: "\(scenario.name)-publisher", publisher)
            try await engine.startContainer(port)
            try await requireConflict(
                "vault1 needs port 18080 of \(scenario.publicAddress), which container \(scenario.name)-publisher has",
                in: scenario)
            try await engine.removeContainer(port, force: true)

            scenario.step("a program that listens on the port")
            let listener = try Listener(address: scenario.publicAddress, port: 18080)
            try await requireConflict(
                "vault1 needs port 18080 of \(scenario.publicAddress), which another program has", in: scenario)
            listener.close()

            scenario.step("with all of them gone, up goes through")
            try await scenario.minke("up")

            scenario.step("a container of someone else on the environment's network keeps it, and is told of")
            var guest = foreign
            guest.host.networkMode = "minke-\(scenario.name)"
            let visitor = try await engine.createContainer(name: "\(scenario.name)-visitor", guest)
            try await engine.startContainer(visitor)
            let refused = try await scenario.minke("down", expecting: 1).errors
            try #require(refused.contains("has containers that are not Minke's: \(scenario.name)-visitor; take them"))
            try #require(try await engine.inspectContainer(visitor).state.state == .running)
            try await engine.removeContainer(visitor, force: true)
            try await scenario.minke("down")
        }
    }

    /// Requires that `up` names the conflict and changes nothing.
    private func requireConflict(
        _ message: String, in scenario: Scenario, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let before = try await scenario.listing()
        let refused = try await scenario.minke("up", expecting: 2, sourceLocation: sourceLocation)
        try #require(refused.errors.contains(message), "\(refused.errors)", sourceLocation: sourceLocation)
        try #require(try await scenario.listing() == before, sourceLocation: sourceLocation)
    }
}

/// A listener on a TCP port of this host.
private final class Listener: Sendable {
    private let socket: Int32

    init(address: String, port: Int) throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
        var target = sockaddr_in()
        target.sin_family = sa_family_t(AF_INET)
        target.sin_port = in_port_t(port).bigEndian
        target.sin_addr.s_addr = (IPv4Address(text: address)?.bits ?? 0).bigEndian
        let result = withUnsafePointer(to: &target) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if result != 0 || listen(socket, 1) != 0 { throw ProxyFailure(what: "listen at \(address):\(port)") }
    }

    func close() { Glibc.close(socket) }
}
