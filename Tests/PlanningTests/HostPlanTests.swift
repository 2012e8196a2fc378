import Model
import Recipes
import Testing

@testable import Planning
@testable import Resolving

/// An environment on two hosts: what is wanted of each, and the plan of it.
@Suite struct HostPlanTests {
    /// The identity environment with a second host, and with the second Glance on it.
    private func resolved(_ change: (inout Environment) -> Void = { _ in }) throws -> ResolvedIdentity {
        try ResolvedIdentity { environment in
            var local = Environment.Host(name: Environment.here)
            local.address = IPv4Address(192, 0, 2, 1)
            var second = Environment.Host(name: "second")
            second.address = IPv4Address(192, 0, 2, 2)
            let place = Place(file: "test", line: 1, column: 1)
            second.engine = .init(
                address: "tcp://192.0.2.2:2376", authority: "a", certificate: "b", key: "c", place: place)
            environment.hosts = [second, local]
            environment.network.mtu = 1450
            for index in environment.services.indices { environment.services[index].host = Environment.here }
            environment.services.append(ServiceDeclaration(name: "host-link", place: place))
            let glance = environment.services.firstIndex { $0.name == "glance-api" } ?? 0
            environment.services[glance].replicas = nil
            environment.services[glance].members = [Environment.here, "second"].enumerated().map { number, host in
                var member = MemberDeclaration(name: "glance-api\(number + 1)", place: place)
                member.host = host
                return member
            }
            change(&environment)
        }
    }

    private func observed(_ state: DesiredState, imagesThere: Bool = false) -> Observation {
        var here = Observation(here: Environment.here)
        for member in state.members {
            let image = member.specification.image
            here.own.images[image] = ObservedImage(id: image, identity: member.service, recipe: member.service)
        }
        var there = HostObservation(host: "second")
        if imagesThere { there.images = here.own.images }
        here.hosts.append(there)
        return here
    }

    private func plan(_ state: DesiredState, _ observed: Observation) throws -> [Step] {
        try Planner(desired: state, observed: observed, records: [:], files: { _ in [] }).plan().steps
    }

    @Test func everyHostHasAPartOfTheNetwork() throws {
        let state = try resolved().desired
        let here = try #require(state.networks[Environment.here]?.first)
        let there = try #require(state.networks["second"]?.first)
        #expect(here.subnet == there.subnet)
        #expect(here.name == there.name)
        #expect([here, there].map(\.gateway.description) == ["198.18.16.1", "198.18.16.209"])
        #expect([here, there].map(\.range.description) == ["198.18.16.192/28", "198.18.16.208/28"])
        #expect([here, there].map(\.mtu) == [1450, 1450])
    }

    @Test func eachHostIsToldOfTheOthers() throws {
        let resolved = try resolved()
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

    @Test func everyStepIsCarriedOutAtItsHost() throws {
        let state = try resolved().desired
        let steps = try plan(state, observed(state))
        let there = steps.filter { $0.host == "second" }.map(\.line)
        #expect(
            there == [
                "create network minke-identity on second: missing",
                "have 2 images on second: this host has minke/glance-api:epoxy-latest, "
                    + "minke/host-link:epoxy-latest",
                "create host-link-second on second: missing", "create glance-api2 on second: missing",
            ])
        let glance = try #require(steps.first { $0.title == "create glance-api2 on second" })
        let before = Set(glance.after.map { steps[$0].title })
        #expect(before.isSuperset(of: ["create host-link-local", "create host-link-second on second"]))
        #expect(before.contains("have 2 images on second"))
        let keystone = try #require(steps.first { $0.title == "create keystone1" })
        #expect(!keystone.after.contains { steps[$0].host == "second" && steps[$0].title.contains("host-link") })
    }

    @Test func imagesThatAreThereAreNotCopied() throws {
        let state = try resolved().desired
        let steps = try plan(state, observed(state, imagesThere: true))
        #expect(!steps.contains { $0.title.contains("image") })
    }

    @Test func membersDoNotMoveToAnotherHost() throws {
        let state = try resolved().desired
        var observed = observed(state)
        let glance = try #require(state.members.first { $0.name == "glance-api1" })
        var container = ObservedContainer(
            running: glance, environment: "identity", manifest: Manifest(files: [:], entries: [:], parts: ValueMap()))
        container.host = "second"
        observed.containers = [container]
        #expect {
            try plan(state, observed)
        } throws: { error in
            "\(error)"
                == "glance-api1 is on host second, and is to be on local; "
                + "leave it out of the file for one `up`, which removes it there; its volumes stay there"
        }
    }

    @Test func hostsNeedALink() {
        #expect {
            try resolved { environment in environment.services.removeAll { $0.name == "host-link" } }
        } throws: { error in
            "\(error)".contains("glance-api2 is on host second, which nothing links with the others; add `host-link")
        }
    }

    @Test func oneHostNeedsNoLink() throws {
        let resolved = try resolved { environment in
            environment.hosts = [.init(name: Environment.here)]
            let glance = environment.services.firstIndex { $0.name == "glance-api" } ?? 0
            environment.services[glance].members = []
        }
        #expect(!resolved.desired.members.contains { $0.service == "host-link" })
        #expect(resolved.desired.networks["local"]?.first?.range.description == "198.18.16.192/26")
    }

    @Test func aPlanThatSpansHostsIsReadAsItWasSaved() throws {
        let state = try resolved().desired
        let observed = observed(state)
        let basis = StepBasis(desired: state, observed: observed, records: [:])
        let plan = try Planner(desired: state, observed: observed, records: [:], files: { _ in [] }).plan()
        let value = plan.value { basis.text(of: $0) }
        #expect(try Plan.read(value).plan.steps == plan.steps)
    }
}
