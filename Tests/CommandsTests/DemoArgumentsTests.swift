import CommandLine
import Model
import Recipes
import TestTools
import Testing

@testable import Commands
@testable import Demo

@Suite struct DemoArgumentsTests {
    private func wishes(_ words: String...) throws -> DemoWishes {
        let parser = ArgumentParser(.minke, variables: { _ in nil })
        guard case .run(_, let arguments) = try parser.parse(["demo"] + words) else { throw Problems("no command") }
        let image = DemoImage(name: "i", source: "s", isGuest: true) { _ in }
        var environment = Environment(name: "trial", file: "trial.yaml")
        var network = Environment.Network()
        network.subnet = IPv4Network(address: IPv4Address(198, 18, 18, 0), prefix: 24)
        environment.furtherNetworks = [
            .init(name: "tunnel", network: .init()), .init(name: "external", network: network),
        ]
        return try arguments.demoWishes(environment: environment, image: image, publicKey: "k")
    }

    @Test func readsItsOptions() throws {
        let own = try wishes(
            "--external-subnet", "198.18.40.0/24", "--external-gateway", "198.18.40.9", "--external-pool",
            "198.18.40.100-198.18.40.110", "--memory", "1g", "--user", "debian")
        #expect(own.external.subnet == IPv4Network(text: "198.18.40.0/24"))
        #expect(own.external.gateway == IPv4Address(198, 18, 40, 9))
        #expect(own.external.pool == IPv4Address(198, 18, 40, 100)...IPv4Address(198, 18, 40, 110))
        #expect(own.memory == 1024)
        #expect(own.user == "debian")
        #expect(try wishes().external == DemoWishes.External(subnet: IPv4Network(text: "198.18.18.0/24")))
    }

    @Test func tellsEveryMistakeInItsOptions() {
        let problems = thrown(Problems.self) {
            try wishes(
                "--external-subnet", "198.19.0.0/16", "--external-gateway", "x", "--external-pool",
                "198.18.40.9-198.18.40.1")
        }
        #expect(
            problems?.all.map(\.message) == [
                "--external-gateway expects an address such as 198.18.18.1, not 'x'",
                "--external-pool expects two addresses such as 198.18.18.200-198.18.18.250, not "
                    + "'198.18.40.9-198.18.40.1'",
                "the instance's network 198.19.0.0/24 overlaps the external 198.19.0.0/16",
            ])
        let outside = thrown(Problems.self) {
            try wishes("--external-subnet", "198.18.40.0/24", "--external-pool", "198.18.41.1-198.18.41.9")
        }
        #expect(outside?.all.count == 2)
    }
}
