import Model
import Recipes
import TestTools
import Testing

@testable import Layouts

@Suite struct LayoutAddressTests {
    private static let place = Place(file: "test", line: 1, column: 1)

    /// The identity environment, after a change.
    private func layout(
        kept: [String: [IPv4Address]] = [:], containers: [ObservedContainer] = [],
        _ change: (inout Environment) -> Void = { _ in }
    ) throws -> Layout {
        let root = repositoryFolder
        var environment = try Environment.load(file: root + "/environments/identity.yaml")
        change(&environment)
        let catalog = try Catalog.load(folder: root + "/catalog", recipes: environment.services.map(\.name))
        return try Layout(environment: environment, catalog: catalog, kept: kept, containers: containers)
    }

    private func addresses(_ layout: Layout) -> [String: [IPv4Address]] {
        let members = layout.services.flatMap(\.members)
        return Dictionary(members.map { ($0.name, $0.addresses) }, uniquingKeysWith: { first, _ in first })
    }

    /// A container of every member, in its first slot.
    private func containers(_ addresses: [String: [IPv4Address]], running: Bool = true) -> [ObservedContainer] {
        addresses.map { name, addresses in
            var container = ObservedContainer(id: name, name: name, host: "local")
            container.member = name
            container.state = running ? .running : .exited
            container.address = running ? addresses.first : nil
            return container
        }
    }

    private func declare(_ service: String, _ names: [String], in environment: inout Environment) {
        guard let index = environment.services.firstIndex(where: { $0.name == service }) else { return }
        environment.services[index].replicas = nil
        environment.services[index].members = names.map { MemberDeclaration(name: $0, place: Self.place) }
    }

    @Test(arguments: [true, false])
    func whatMembersWithContainersHaveIsGivenToNobodyElse(running: Bool) throws {
        let before = addresses(try layout())
        let later = addresses(
            try layout(kept: before, containers: containers(before, running: running)) { environment in
                declare("keystone", ["keystone2", "another"], in: &environment)
                declare("glance-api", ["glance-api1", "second"], in: &environment)
            })
        for name in ["keystone2", "glance-api1", "mariadb1", "haproxy1"] { #expect(later[name] == before[name]) }
        let new = (later["another"] ?? []) + (later["second"] ?? [])
        #expect(new.count == 4)
        #expect(Set(new).isDisjoint(with: before.values.joined()))
    }

    @Test func whatIsKeptOfMembersWithoutContainersIsFree() throws {
        let before = addresses(try layout())
        let later = addresses(
            try layout(kept: before) { declare("keystone", ["keystone2", "another"], in: &$0) })
        #expect(later["another"] == before["keystone1"])
    }

    @Test func aContainerCountsMoreThanWhatIsRemembered() throws {
        let before = addresses(try layout())
        var kept = before
        kept["keystone1"] = nil
        kept["glance-api2"] = before["keystone1"]
        let later = addresses(try layout(kept: kept, containers: containers(before)))
        for (name, addresses) in before { #expect(later[name]?.first == addresses.first) }
        #expect(Set(later.values.map { Set($0) }.joined()).count == Set(before.values.joined()).count)
    }

    @Test func aContainerInTheSecondSlotKeepsItsAddress() throws {
        let before = addresses(try layout())
        var second = containers(before.filter { $0.key == "keystone1" })
        second[0].slot = .b
        second[0].address = before["keystone1"]?.last
        #expect(addresses(try layout(kept: before, containers: second))["keystone1"] == before["keystone1"])
    }

    @Test func anAddressInTheFileMustNotBeAnothersThatRuns() throws {
        let before = addresses(try layout())
        let used = try #require(before["keystone1"]?.first)
        func declareIt(for name: String, of service: String, in environment: inout Environment) {
            declare(service, [name], in: &environment)
            guard let index = environment.services.firstIndex(where: { $0.name == service }) else { return }
            environment.services[index].members[0].address = used
        }
        do {
            _ = try layout(kept: before, containers: containers(before)) {
                declareIt(for: "k", of: "keystone", in: &$0)
            }
            Issue.record("it is accepted")
        } catch let error as Problems {
            let message = "the address \(used) of k is in use by the container of keystone1"
            #expect(
                error.all == [Problem(at: Self.place, message, remedy: "give k another, or stop keystone1 first")])
        }
        let stopped = containers(before, running: false)
        let later = try layout(kept: before, containers: stopped) { declareIt(for: "k", of: "keystone", in: &$0) }
        #expect(addresses(later)["k"]?.first == used)
    }

    @Test func theFrontMayTakeTheAddressOfOneThatGoes() throws {
        let before = addresses(try layout())
        let used = try #require(before["haproxy1"]?.first)
        let later = try layout(kept: before, containers: containers(before)) { environment in
            declare("haproxy", ["front"], in: &environment)
            guard let index = environment.services.firstIndex(where: { $0.name == "haproxy" }) else { return }
            environment.services[index].members[0].address = used
        }
        #expect(addresses(later)["front"]?.first == used)
    }

    @Test func frontsOnOneHostCannotPublishTheSamePorts() throws {
        do {
            _ = try layout { environment in
                guard let index = environment.services.firstIndex(where: { $0.name == "haproxy" }) else { return }
                environment.services[index].replicas = 2
            }
            Issue.record("it is accepted")
        } catch let error as Problems {
            let message = "haproxy has 2 members on one host, which cannot all publish port 5000 of 127.0.0.1"
            #expect(error.all.map(\.message) == [message])
            #expect(error.all.first?.place?.line == 17)
        }
    }
}
