import Cryptography
import Layouts
import Model
import Rendering
import Testing

@testable import Recipes

/// The desired state of members with sidecars.
@Suite struct SidecarTests {
    private static let keeper = """
        summary: keeper
        image: {parent: root}
        service: {command: [keeper]}

        """
    private static let store = """
        summary: store
        image: {parent: root}
        service:
          command: [server]
          user: {name: store, id: 42}
          grace: 20s
          stop-signal: INT
          memory: 1g
          capabilities: [CHOWN]
          tmpfs: {/run/store: {size: 1m, mode: "0700"}}
          sysctls: {net.core.somaxconn: "1024", kernel.msgmax: "1"}
          replicas: {default: 2}
          replace: start-first
          environment: {LANG: C}
          listeners: {api: {port: 80, protocol: http}}
          endpoints: {store: {listener: api, ports: [6200]}}
          probe: {http: {listener: api, status: [200]}, every: 9s}
          volumes: {data: {path: /srv, contents: objects}, cache: {path: /cache, scope: service}}
          settings: {audits: {type: boolean, default: true, help: h}}
          requires: {keeper: {service: keeper}}
          files:
            store.conf: {content: "{{ member.name }}"}
            audit.conf: {content: "audit {{ member.name }}", for: [auditor, schema]}
            schema.conf: {content: a, for: [schema]}
            ring: {content: ring}
          jobs: {schema: {command: [schema]}}
          sidecars:
            auditor:
              command: [auditor]
              memory: 64m
              grace: 1m
              stop-signal: TERM
              files: [ring]
              probe: {exec: [ready, "{{ member.name }}"], timeout: 2s, within: 3s, every: 7s}
              reload: {signal: HUP}
              when: "{{ settings.audits }}"
            reaper: {command: [reaper]}

        """

    private func resolver(_ settings: String = "", store: String = store) throws -> Resolver {
        let files = [
            "recipes/root/recipe.yaml": "summary: r\nimage: {root: {variant: minbase}}\n",
            "recipes/keeper/recipe.yaml": Self.keeper, "recipes/store/recipe.yaml": store,
            "releases/epoxy.yaml": "summary: Epoxy\ndefault: true\ndebian: trixie\n",
        ]
        let environment = try Environment.parse(
            text: "services: {keeper: 1, store: {settings: {\(settings)}}}\n", file: "lab.yaml")
        let catalog = try Catalog.parse(files: files, folder: "c", recipes: ["keeper", "store"])
        return Resolver(
            layout: try Layout(environment: environment, catalog: catalog, kept: [:]), secrets: [:], images: [:])
    }

    private func member(_ name: String, _ resolver: Resolver) throws -> DesiredMember {
        try #require(try resolver.desiredState().members.first { $0.name == name })
    }

    @Test func standBehindTheirMembers() throws {
        let state = try resolver().desiredState()
        #expect(
            state.members.map(\.name) == [
                "keeper1", "store1", "store1.auditor", "store1.reaper", "store2", "store2.auditor", "store2.reaper",
            ])
        #expect(
            state.members.map(\.sidecarOf) == [nil, nil, "store1", "store1", nil, "store2", "store2"])
        let auditor = try member("store1.auditor", try resolver())
        #expect(auditor.service == "store" && auditor.recipe == "store")
        #expect(auditor.identity.host == "local" && auditor.identity.environment == state.environment)
        #expect(auditor.after == [.member("store1")])
        #expect(auditor.labels == [Labels.sidecarOf: "store1"])
        #expect(state.members.first { $0.name == "store1" }?.labels == [:])
    }

    @Test func areLeftOutByTheirCondition() throws {
        let state = try resolver("audits: false").desiredState()
        #expect(
            state.members.map(\.name) == ["keeper1", "store1", "store1.reaper", "store2", "store2.reaper"])
    }

    /// The whole form whose digest is a container's label.
    @Test func haveTheMembersPropertiesButItsNetwork() throws {
        let auditor = try member("store1.auditor", try resolver())
        #expect(
            JSON.text(.map(auditor.specification.parts)) == """
                {"capabilities":["CHOWN"],"command":["auditor"],"configuration":true,"environment":{"LANG":"C"},\
                "grace":60.0,"health check":["ready","store1","7.0","2.0","3.0"],"image":"minke/store:epoxy-latest",\
                "log":"10485760x3","memory":67108864,"pod":"store1","restart":"unless-stopped",\
                "shares processes":true,"stop signal":"TERM","sysctls":{"kernel.msgmax":"1"},\
                "tmpfs":["/run/store:size=1048576,mode=0700,uid=42,gid=42"],"user":"store",\
                "volumes":["lab-store1-data:/srv","lab-store-cache:/cache"]}
                """)
        #expect(auditor.digest == SHA256.hex(of: JSON.text(.map(auditor.specification.parts))))
        #expect(auditor.specification.addresses == [] && auditor.specification.aliases == [])
        let reaper = try member("store1.reaper", try resolver()).specification
        #expect(reaper.memory == 1 << 30 && reaper.grace == .seconds(20) && reaper.stopSignal == "INT")
        #expect(reaper.health == nil)
        // The names of their containers never meet.
        #expect(Slot.b.containerName(environment: "lab", member: "store1") == "lab-store1.b")
        #expect(Slot.b.containerName(environment: "lab", member: "store1.reaper") == "lab-store1.reaper.b")
    }

    @Test func haveNothingOfWhatTheServiceIsToOthers() throws {
        let auditor = try member("store2.auditor", try resolver())
        #expect(auditor.backends.isEmpty && auditor.data.isEmpty && auditor.anchors.isEmpty)
        #expect(!auditor.isFront && auditor.interrupts == nil && auditor.vacating == nil)
        #expect(auditor.replacement == .stopFirst)
        #expect(auditor.reload == .signal("HUP"))
        guard case .exec(let words)? = auditor.probe?.method else {
            Issue.record("no probe")
            return
        }
        #expect(words == ["ready", "store2"])
        #expect(auditor.probe?.timeout == .seconds(2) && auditor.probe?.within == .seconds(3))
        #expect(try member("store2.reaper", try resolver()).probe == nil)
    }

    @Test func haveTheirFilesOfTheirMember() throws {
        let resolver = try resolver()
        func files(_ name: String) throws -> [String] {
            try resolver.files(ofMember: name).map { "\($0.path) \($0.text)" }
        }
        #expect(try files("store2.auditor") == ["audit.conf audit store2", "ring ring"])
        #expect(try files("store2.reaper") == ["store.conf store2", "ring ring"])
        #expect(try files("store2") == ["store.conf store2", "ring ring"])
        #expect(try files("store2.audit") == [])
        let schema = try #require(try resolver.desiredState().jobs.first { $0.name == "schema" })
        #expect(try resolver.files(of: schema).map(\.path) == ["store.conf", "audit.conf", "schema.conf", "ring"])
        let auditor = try member("store2.auditor", resolver)
        let rendered = try resolver.files(ofMember: "store2.auditor").map(\.digest)
        #expect(auditor.files == rendered)
        #expect(auditor.specification.hasFiles)
    }

    @Test func canHaveNoFiles() throws {
        let bare = Self.store.replacing("reaper: {command: [reaper]}", with: "reaper: {command: [reaper], files: []}")
        let reaper = try member("store1.reaper", try resolver(store: bare))
        #expect(reaper.files == [] && !reaper.specification.hasFiles)
    }

    /// Containers that run are not replaced by a recipe's new sidecars.
    @Test func changeNothingOfTheirMembers() throws {
        let text = Self.store
        let start = try #require(text.firstRange(of: "  sidecars:")?.lowerBound)
        let without = String(text[..<start]).replacing("for: [auditor, schema]", with: "for: [schema]")
        let resolvers: [Resolver] = [try resolver(), try resolver(store: without)]
        let digests = try resolvers.map { try member("store1", $0).digest }
        #expect(digests[0] == digests[1])
        #expect(try resolvers.map { try member("store1", $0).files }.allSatisfy { $0.count == 2 })
        #expect(try resolvers[1].desiredState().members.map(\.name) == ["keeper1", "store1", "store2"])
    }

    @Test func nobodyWaitsForThem() throws {
        let state = try resolver().desiredState()
        let all = state.members.flatMap(\.after) + state.jobs.flatMap(\.after) + state.registrations.flatMap(\.after)
        let sidecars = Set(state.members.filter { $0.sidecarOf != nil }.map { Milestone.member($0.name) })
        #expect(sidecars.count == 4)
        #expect(sidecars.isDisjoint(with: all))
    }
}
