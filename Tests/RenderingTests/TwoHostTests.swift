import Model
import Recipes
import Rendering
import TestEnvironments
import Testing

/// The things that are wanted of each host of an environment on two.
@Suite struct TwoHostTests {
    @Test func everyHostHasAPartOfTheNetwork() throws {
        let state = try ResolvedEnvironment.onTwoHosts().desired
        let here = try #require(state.networks[Environment.here]?.first)
        let there = try #require(state.networks["second"]?.first)
        #expect(here.subnet == there.subnet)
        #expect(here.name == there.name)
        #expect([here, there].map(\.gateway.description) == ["198.18.16.1", "198.18.16.209"])
        #expect([here, there].map(\.range.description) == ["198.18.16.192/28", "198.18.16.208/28"])
        #expect([here, there].map(\.mtu) == [1450, 1450])
    }

    @Test func eachHostIsToldOfTheOthers() throws {
        let resolved = try ResolvedEnvironment.onTwoHosts()
        let files = try ["host-link-local", "host-link-second"].map {
            try resolved.resolver.files(ofMember: $0).map(\.text).joined()
                .split(separator: "\n").last.map(String.init) ?? ""
        }
        let words = files.map { $0.split(separator: " ").map(String.init) }
        #expect(words[0].prefix(3) == words[1].prefix(3))
        #expect(words[0].dropFirst(3) == ["198.18.16.1", "192.0.2.1", "192.0.2.2"])
        #expect(words[1].dropFirst(3) == ["198.18.16.209", "192.0.2.2", "192.0.2.1"])
        #expect(words[0][0].utf8.count <= 15)
        let identifier = try #require(Int(words[0][1]))
        #expect((1..<1 << 24).contains(identifier))
    }

    @Test func hostsNeedALink() {
        #expect {
            try ResolvedEnvironment.onTwoHosts { environment in
                environment.services.removeAll { $0.name == "host-link" }
            }
        } throws: { error in
            "\(error)".contains("glance-api2 is on host second, which nothing links with the others; add `host-link")
        }
    }

    @Test func oneHostNeedsNoLink() throws {
        let resolved = try ResolvedEnvironment.onTwoHosts { environment in
            environment.hosts = [.init(name: Environment.here)]
            let glance = environment.services.firstIndex { $0.name == "glance-api" } ?? 0
            environment.services[glance].members = []
        }
        #expect(!resolved.desired.members.contains { $0.service == "host-link" })
        #expect(resolved.desired.networks["local"]?.first?.range.description == "198.18.16.192/26")
    }
}
