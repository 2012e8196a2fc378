import Layouts
import Model
import Rendering
import TestTools
import Testing

@testable import Recipes

/// The desired state that a recipe's words make.
@Suite struct RecipeWordsTests {
    private static let front = """
        summary: front
        image: {parent: root}
        service: {command: [front], front: true}

        """
    private static let keeper = """
        summary: keeper
        image: {parent: root}
        service:
          command: [keeper]
          volumes: {data: {path: /data}}
          provides: {account: {needs: [user], exec: [add], input: account.j2, stored-in: data}}

        """
    private static let app = """
        summary: app
        image: {parent: root}
        service:
          command: [app]
          settings:
            pool: {type: boolean, default: false, help: whether there is a pool}
            disk: {type: string, default: "", help: the device}
          generated: {cluster: {kind: uuid}}
          requires:
            keeper:
              service: keeper
              provision: account
              grant: {user: app}
              when: "{{ settings.pool }}"
            inner: {service: keeper, wait: endpoint}
          devices: [/dev/net/tun, "{{ settings.disk }}"]
          probe: {exec: [ready, "{{ member.name }}@{{ generated.cluster }}"], every: 30s}
          files:
            pool.conf: {content: "{{ generated.cluster }}", when: "{{ settings.pool }}"}
            own.conf: {content: own, when: "{{ member.index }}"}
            app.conf: {content: app}
          jobs:
            pool: {command: [make-pool], when: "{{ settings.pool }}"}
            last: {command: [last], after: [pool, front]}

        """

    private func resolver(_ settings: String = "", members: Int = 1) throws -> Resolver {
        let files = [
            "recipes/root/recipe.yaml": "summary: r\nimage: {root: {variant: minbase}}\n",
            "recipes/front/recipe.yaml": Self.front, "recipes/keeper/recipe.yaml": Self.keeper,
            "recipes/keeper/templates/account.j2": "{{ grant.user }}\n", "recipes/app/recipe.yaml": Self.app,
            "releases/epoxy.yaml": "summary: Epoxy\ndefault: true\ndebian: trixie\n",
        ]
        let environment = try Environment.parse(
            text: "services: {front: 1, keeper: 1, app: {replicas: \(members), settings: {\(settings)}}}\n",
            file: "lab.yaml")
        let catalog = try Catalog.parse(files: files, folder: "c", recipes: ["front", "keeper", "app"])
        return Resolver(
            layout: try Layout(environment: environment, catalog: catalog, kept: [:]),
            secrets: ["app.cluster": "c1"], images: [:])
    }

    private func paths(_ resolver: Resolver, _ member: String) throws -> [String] {
        try resolver.files(ofMember: member).map(\.path)
    }

    @Test func conditionsLeaveOutFilesJobsAndGrants() throws {
        let without = try resolver()
        let state = try without.desiredState()
        #expect(try paths(without, "app1") == ["app.conf"])
        #expect(state.jobs.map(\.name) == ["last"])
        #expect(state.grants.isEmpty)
        let with = try resolver("pool: true")
        let whole = try with.desiredState()
        #expect(try paths(with, "app1") == ["pool.conf", "app.conf"])
        #expect(whole.jobs.map(\.name).sorted() == ["last", "pool"])
        #expect(whole.grants.map(\.requirement) == ["keeper"])
    }

    @Test func aConditionCanBeAMembers() throws {
        let resolver = try resolver(members: 2)
        #expect(try paths(resolver, "app1") == ["app.conf"])
        #expect(try paths(resolver, "app2") == ["own.conf", "app.conf"])
    }

    @Test func jobsAndMembersComeAfterTheFront() throws {
        let state = try resolver("pool: true").desiredState()
        let last = state.jobs.first { $0.name == "last" }
        #expect(last?.after == [.member("front1"), .job(service: "app", name: "pool")])
        #expect(state.members.first { $0.name == "app1" }?.after.contains(.member("front1")) == true)
    }

    @Test func probesAndDevicesAreTemplates() throws {
        let state = try resolver(#"disk: "/dev/sdb""#, members: 2).desiredState()
        let second = try #require(state.members.first { $0.name == "app2" })
        #expect(second.specification.devices == ["/dev/net/tun", "/dev/sdb"])
        #expect(second.specification.health?.command == ["ready", "app2@c1"])
        guard case .exec(let words)? = second.probe?.method else {
            Issue.record("no probe")
            return
        }
        #expect(words == ["ready", "app2@c1"])
        let plain = try resolver().desiredState().members.first { $0.name == "app1" }
        #expect(plain?.specification.devices == ["/dev/net/tun"])
    }

    @Test func generatedValuesAreShown() throws {
        let hidden = try resolver("pool: true").replacingSecrets(with: "Hidden")
        #expect(try hidden.files(ofMember: "app1").first?.text == "c1")
    }

    @Test func aPortOfUDPIsAnotherOneThanThatOfTCP() throws {
        let names = """
            command: [names]
            listeners: {plain: {port: 53, protocol: udp}, long: {port: 53, protocol: tcp}}
            published: {plain: 53, long: 53}
            """
        func layout(_ service: String) throws -> Layout {
            let indented = service.split(separator: "\n").map { "  \($0)\n" }.joined()
            let files = [
                "recipes/root/recipe.yaml": "summary: r\nimage: {root: {variant: minbase}}\n",
                "recipes/names/recipe.yaml": "summary: n\nimage: {parent: root}\nservice:\n\(indented)",
                "releases/epoxy.yaml": "summary: Epoxy\ndefault: true\ndebian: trixie\n",
            ]
            return try Layout(
                environment: try Environment.parse(text: "services: {names: 1}\n", file: "lab.yaml"),
                catalog: try Catalog.parse(files: files, folder: "c", recipes: ["names"]), kept: [:])
        }
        let resolver = Resolver(
            layout: try layout(names), secrets: [:], images: [:])
        let ports = try resolver.desiredState().members.first?.specification.ports ?? []
        #expect(ports.map { "\($0.hostPort)/\($0.transport)" }.sorted() == ["53/tcp", "53/udp"])
        let refused = thrown(Problems.self) {
            _ = try layout(names.replacing("{port: 53, protocol: udp}", with: "{port: 54, protocol: tcp}"))
        }
        #expect("\(try #require(refused))".contains("listeners long and plain are both published as port 53"))
    }
}
