import Documents
import Model
import Testing

@Suite struct MappingReaderTests {
    private struct Server: Equatable {
        enum Mode: String, CaseIterable {
            case first
            case roundRobin = "round-robin"
        }
        var name: String
        var port: Int
        var mode: Mode?
        var every: Duration?
        var memory: ByteCount?
        var tags: [String]
    }

    private func read(_ text: String, record: KeyRecord? = nil) throws(Problems) -> [Server] {
        let problems = ProblemList()
        let context = ReadingContext(problems: problems, record: record)
        let node = try YAMLNode.parse(text: text, file: "f.yaml")
        let server = NodeReader<Server>.object { reader in
            let name = reader.required("name", .string)
            let port = reader.required("port", .port)
            let mode = reader.optional("mode", .oneOf(Server.Mode.self))
            let every = reader.optional("every", .duration)
            let memory = reader.optional("memory", .bytes)
            let tags = reader.value("tags", .list(of: .text, single: true), default: [])
            guard let name, let port else { return nil }
            return Server(name: name, port: port, mode: mode, every: every, memory: memory, tags: tags)
        }
        var servers: [Server] = []
        if let root = MappingReader(node, context) {
            servers = root.value("servers", .entries(of: server), default: []).map(\.value)
            root.finish()
        }
        try problems.check()
        return servers
    }

    private func refusal(of text: String) -> String {
        do throws(Problems) {
            _ = try read(text)
            return "accepted"
        } catch {
            return error.description
        }
    }

    @Test func readsEveryKind() throws {
        let servers = try read(
            "servers:\n  a: {name: x, port: 80, mode: round-robin, every: 1.5s, memory: 2g, tags: [a, 1.10]}\n"
                + "  b: {name: y, port: 1, tags: c, mode: }\n")
        #expect(
            servers == [
                Server(
                    name: "x", port: 80, mode: .roundRobin, every: .milliseconds(1500),
                    memory: ByteCount(bytes: 2 << 30), tags: ["a", "1.10"]),
                Server(name: "y", port: 1, mode: nil, every: nil, memory: nil, tags: ["c"]),
            ])
    }

    @Test func saysEverythingThatIsWrong() {
        let text = """
            servers:
              a: {name: 12, prot: 80, mode: round-robbin, every: soon, memory: much}
              b: [1]
              c: {name: [], port: 70000, tags: {}, mode: x}
            color: red
            """
        #expect(
            refusal(of: text) == """
                f.yaml:2:6: servers.a lacks the key "port"
                f.yaml:2:13: servers.a.name is an integer 12, expected a string; put it in quotes: "12"
                f.yaml:2:17: unknown key "prot" in servers.a; did you mean port?
                f.yaml:2:33: servers.a.mode is "round-robbin", expected one of first, round-robin; did you mean round-robin?
                f.yaml:2:54: servers.a.every is "soon", expected a duration, as 30s, 10m or 2h
                f.yaml:2:68: servers.a.memory is "much", expected a size, as 512m or 2g
                f.yaml:3:6: servers.b is a list, expected a mapping
                f.yaml:4:13: servers.c.name is a list, expected a string
                f.yaml:4:23: servers.c.port is an integer 70000, expected a port from 1 to 65535
                f.yaml:4:36: servers.c.tags is a mapping, expected a list
                f.yaml:4:46: servers.c.mode is "x", expected one of first, round-robin
                f.yaml:5:1: unknown key "color"; the keys are servers
                """)
    }

    @Test func aDocumentThatIsNoMappingIsRefused() {
        #expect(refusal(of: "- a\n") == "f.yaml:1:1: found a list, expected a mapping")
    }

    @Test func recordsTheKeysThatAreKnown() throws {
        let record = KeyRecord()
        _ = try read("servers: {a: {name: x, port: 1}}", record: record)
        #expect(
            record.keys.sorted() == [
                "servers", "servers.*.every", "servers.*.memory", "servers.*.mode", "servers.*.name",
                "servers.*.port", "servers.*.tags",
            ])
    }
}
