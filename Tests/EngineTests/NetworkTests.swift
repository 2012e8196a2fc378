import DockerEngine
import Model
import System
import TestTools
import Testing

@Suite struct NetworkTests {
    @Test func givesContainersTheirAddresses() async throws {
        try await TestEngine.with { test in
            let engine = test.engine
            let names = try await makeNetworks(test, third: 192)
            var configuration = test.configuration(try await test.makeImage())
            configuration.host.networkMode = names[0]
            configuration.networks = [
                names[0]: EndpointConfiguration(
                    address: "198.18.192.9", mac: "02:42:c6:12:c0:09", aliases: ["nine"]),
                names[1]: EndpointConfiguration(address: "198.18.193.9"),
            ]
            let id = try await test.run("net", configuration)
            let listed = try await engine.containers(filters: ["id": [id]]).first
            #expect(listed?.networks[names[0]]?.address == "198.18.192.9")
            #expect(listed?.networks[names[0]]?.mac == "02:42:c6:12:c0:09")
            #expect(listed?.networks[names[1]]?.address == "198.18.193.9")
            #expect(try await engine.inspectContainer(id).networks[names[0]]?.aliases.contains("nine") == true)

            let shown = try await engine.inspectNetwork(names[0])
            #expect(shown.labels == test.labels)
            #expect(shown.subnets.map(\.subnet) == ["198.18.192.0/24"])
            #expect(shown.subnets.map(\.gateway) == ["198.18.192.1"])
            #expect(shown.containers[id]?.address == "198.18.192.9")

            try await engine.disconnect(id, from: names[1])
            #expect(try await engine.inspectContainer(id).networks.keys.sorted() == [names[0]])
            let error = await thrown(EngineError.self) {
                try await engine.createNetwork(network(test, names[0], third: 194))
            }
            #expect(error?.isConflict == true)
            try await engine.removeContainer(id, force: true)
            try await engine.removeNetwork(names[0])
            try await engine.removeNetwork(names[0])
        }
    }

    @Test func joinsTheNetworkOfAnother() async throws {
        try await TestEngine.with { test in
            let name = "\(test.prefix)-pod"
            _ = try await test.engine.createNetwork(network(test, name, third: 196))
            let image = try await test.makeImage()
            var holder = test.configuration(image)
            holder.host.networkMode = name
            holder.hostname = "compute1"
            holder.networks = [name: EndpointConfiguration(address: "198.18.196.9")]
            let holderID = try await test.run("holder", holder)
            var member = test.configuration(image)
            member.host.networkMode = "container:\(holderID)"
            let memberID = try await test.run("member", member)
            let result = try await test.engine.exec(in: memberID, ExecConfiguration(["hostname"]))
            #expect(result.outputText == "compute1\n")
            #expect(
                try await test.engine.containers(filters: ["id": [memberID]]).first?.networkMode
                    == "container:\(holderID)")
        }
    }

    @Test func publishesPorts() async throws {
        try await TestEngine.with { test in
            let name = "\(test.prefix)-ports"
            _ = try await test.engine.createNetwork(network(test, name, third: 197))
            var configuration = test.configuration(try await test.makeImage())
            configuration.host.networkMode = name
            configuration.networks = [name: EndpointConfiguration()]
            configuration.host.ports = ["80/tcp": [HostPort(address: "127.0.0.1")]]
            let id = try await test.run("ports", configuration)
            let port = try await test.engine.containers(filters: ["id": [id]]).first?.ports.first
            #expect(port?.port == 80)
            #expect(port?.network == "tcp")
            #expect(port?.hostAddress == "127.0.0.1")
            #expect((port?.hostPort ?? 0) > 0)
        }
    }

    private func makeNetworks(_ test: TestEngine, third: Int) async throws -> [String] {
        var names: [String] = []
        for offset in 0..<2 {
            let name = "\(test.prefix)-net\(offset)"
            _ = try await test.engine.createNetwork(network(test, name, third: third + offset))
            names.append(name)
        }
        return names
    }

    private func network(_ test: TestEngine, _ name: String, third: Int) -> NetworkConfiguration {
        var configuration = NetworkConfiguration(name: name)
        configuration.subnet = "198.18.\(third).0/24"
        configuration.gateway = "198.18.\(third).1"
        configuration.range = "198.18.\(third).128/25"
        configuration.labels = test.labels
        return configuration
    }
}
