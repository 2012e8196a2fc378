import Model
import Recipes
import System
import TestTools
import Testing

@testable import Building

@Suite struct ImagePlanTests {
    private func plan(_ catalog: TemporaryCatalog, version: String = "latest", mirror: String? = nil) throws
        -> ImagePlan
    {
        try ImagePlan(
            catalog: try catalog.load(), settings: ImageSettings(release: "small", version: version), mirror: mirror)
    }

    private func identities(_ catalog: TemporaryCatalog) throws -> [String: String] {
        let images = try plan(catalog).images
        return Dictionary(images.map { ($0.name, $0.identity) }, uniquingKeysWith: { first, _ in first })
    }

    @Test func putsParentsBeforeChildren() async throws {
        try await TemporaryCatalog.with { catalog in
            try catalog.addRecipe("a", on: "z", "")
            try catalog.addRecipe("z", "")
            try catalog.addRecipe("b", on: "a", "")
            let plan = try plan(catalog, version: "1.0")
            #expect(plan.images.map(\.name) == ["root", "z", "a", "b"])
            #expect(plan["b"]?.reference.description == "minke/b:small-1.0")
            #expect(plan["b"]?.parentIdentity == plan["a"]?.identity)
            #expect(try plan.select(["b"]).map(\.name) == ["b"])
            let problem = thrown(Problems.self) { try plan.select(["rot", "nosuch"]) }
            #expect(
                problem?.description == """
                    release small has no recipe rot; did you mean root?
                    release small has no recipe nosuch; there is a, b, root, z
                    """)
            let group = thrown(Problems.self) { try plan.select([], group: "openstack=nova") }
            #expect(group?.description == "no image of release small belongs to openstack=nova; there is no group")
        }
    }

    @Test func identityIsOfWhatTheImageIsBuiltFrom() async throws {
        try await TemporaryCatalog.with { catalog in
            try catalog.addRecipe("a", "COPY file /\n")
            try catalog.addRecipe("b", on: "a", "")
            try catalog.write("recipes/a/file", "one")
            var before = try identities(catalog)
            #expect(Set(before.values).count == 3)
            #expect(before["a"]?.count == 64)

            func changed(_ body: () throws -> Void) throws -> [String] {
                try body()
                let after = try identities(catalog)
                defer { before = after }
                return after.keys.filter { after[$0] != before[$0] }.sorted()
            }
            #expect(try changed { try catalog.write("recipes/a/file", "two") } == ["a", "b"])
            #expect(try changed { try catalog.write("recipes/a/file", "two", mode: 0o755) } == ["a", "b"])
            // Modes differ between checkouts with the umask.
            #expect(try changed { try catalog.write("recipes/a/file", "two", mode: 0o775) } == [])
            #expect(try changed { try catalog.write("recipes/a/test/run", "x") } == [])
            #expect(try changed { try catalog.write("recipes/a/README.md", "x") } == [])
            #expect(try changed { try catalog.write("recipes/a/templates/x.j2", "x") } == [])
            #expect(
                try changed { try catalog.write("recipes/a/Dockerfile", "ARG PARENT\nFROM $PARENT\n") } == ["a", "b"])
            #expect(
                try changed { try catalog.addRecipe("b", on: "a", image: "  arguments: {X: y}\n", "") } == ["b"])
            #expect(
                try changed {
                    try catalog.write(
                        "releases/small.yaml",
                        "summary: other words\ndebian: trixie\ndefault: true\nvalues: {unique: \(catalog.folder)}\n")
                } == [])
            #expect(
                try changed {
                    try catalog.write(
                        "releases/small.yaml", "summary: small\ndebian: trixie\ndefault: true\nvalues: {x: y}\n")
                } == ["a", "b", "root"])
        }
    }

    @Test func mirrorTakesThePlaceOfDebians() async throws {
        try await TemporaryCatalog.with { catalog in
            let own = try plan(catalog)
            let mirrored = try plan(catalog, mirror: "http://mirror.example/debian")
            #expect(mirrored.root == .mirror(sources: ["deb http://mirror.example/debian trixie main"]))
            #expect(own["root"]?.identity != mirrored["root"]?.identity)
        }
        let line = "deb http://deb.debian.org/debian-security trixie-security main"
        #expect(RootSource.replaceMirror(in: line, with: "http://mirror.example/debian") == line)
    }

    @Test func readsTheHostsMirror() async throws {
        try await Files.withTemporaryDirectory { folder in
            #expect(RootSource.hostMirror(aptFolder: folder) == nil)
            try Files.makeDirectory("\(folder)/sources.list.d")
            try Files.write("deb https://packages.example/apt x main\n", to: "\(folder)/sources.list.d/a.list")
            try Files.write(
                "Types: deb\nURIs: http://ftp.example/debian/\nSuites: x\n", to: "\(folder)/sources.list.d/b.sources")
            #expect(RootSource.hostMirror(aptFolder: folder) == "http://ftp.example/debian")
        }
    }

    @Test func selectsByGroup() async throws {
        try await TemporaryCatalog.with { catalog in
            try catalog.addRecipe("a", image: "  groups: {openstack: nova}\n  node: compute\n", "")
            try catalog.addRecipe("b", image: "  groups: {openstack: glance}\n  releases: [small]\n", "")
            let plan = try plan(catalog)
            #expect(try plan.select([], group: "openstack=nova").map(\.name) == ["a"])
            #expect(try plan.select([], group: "openstack").map(\.name) == ["a", "b"])
            #expect(try plan.select([], group: "node=compute").map(\.name) == ["a"])
            let labels = plan["a"]?.labels(release: plan.release, base: ("minke/root:small-latest", "sha256:12"))
            #expect(labels?["io.minke.openstack"] == "nova")
            #expect(labels?["io.minke.node"] == "compute")
            #expect(labels?["org.opencontainers.image.base.digest"] == "sha256:12")
        }
    }

    @Test func drawsTheGraph() async throws {
        try await TemporaryCatalog.with { catalog in
            try catalog.addRecipe("a", "")
            try catalog.addRecipe("end", on: "a", "")
            try catalog.addRecipe("c", "")
            let plan = try plan(catalog)
            let graph = ImageGraph(plan, plan.images)
            #expect(graph.text == "root\n├── a\n│   └── end\n└── c")
            #expect(
                ImageGraph(plan, try plan.select(["end"])).dot == """
                    digraph images {
                      rankdir=LR;
                      node [shape=box];
                      "root";
                      "root" -> "a";
                      "a" -> "end";
                    }
                    """)
            #expect(
                ImageGraph(plan, try plan.select(["c"])).mermaid
                    == "flowchart LR\n  n0[\"root\"]\n  n1[\"c\"]\n  n0 --> n1")
        }
    }
}
