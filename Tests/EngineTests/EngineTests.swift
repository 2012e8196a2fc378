import DockerEngine
import HTTP
import Model
import Synchronization
import System
import TestTools
import Testing

@Suite struct EngineTests {
    @Test func agreesOnAVersion() async throws {
        try await TestEngine.with { test in
            let version = try await test.engine.apiVersion()
            #expect(version >= .oldest && version <= .newest)
            #expect(try await test.engine.version().architecture.isEmpty == false)
            #expect(try await test.engine.information().processors > 0)
        }
    }

    @Test func hearsEvents() async throws {
        try await TestEngine.with { test in
            let filters: Filters = ["label": ["io.minke.test=\(test.prefix)"], "type": ["container"]]
            let events = try await test.engine.events(filters: filters)
            let image = try await test.makeImage()
            let id = try await test.run("event", test.configuration(image, ["sh", "-c", "exit 3"]))
            var seen: [String] = []
            for try await event in events {
                #expect(event.subject == id)
                seen.append(event.action)
                if event.action == "die" {
                    #expect(event.attributes["exitCode"] == "3")
                    break
                }
            }
            #expect(seen == ["create", "start", "die"])
        }
    }

    @Test func stopsListeningWhenItsTaskIsCancelled() async throws {
        try await TestEngine.with { test in
            let events = try await test.engine.events(filters: ["label": ["\(TestEngine.label)=\(test.prefix)"]])
            let seen = Mutex(0)
            let ended = Mutex(false)
            let task = Task {
                // Set when the exchange ends, with or without an error.
                defer { ended.withLock { $0 = true } }
                for try await _ in events { seen.withLock { $0 += 1 } }
            }
            _ = try await test.engine.createContainer(
                name: nil, test.configuration(try await test.makeImage(), ["true"]))
            try await wait(every: .milliseconds(20), within: .seconds(20), for: "an event") {
                seen.withLock { $0 } > 0
            }
            #expect(ended.withLock { !$0 })
            task.cancel()
            try await wait(every: .milliseconds(20), within: .seconds(10), for: "the end of listening") {
                ended.withLock { $0 }
            }
        }
    }

    @Test func saysWhereNoEngineAnswers() async throws {
        let engine = Engine(try EngineAddress("unix:///no/such/socket"))
        let error = await thrown(EngineUnreachable.self) { try await engine.containers() }
        #expect(error?.description.hasPrefix("no Docker engine answers at unix:///no/such/socket: ") == true)
        let refused = Engine(try EngineAddress("tcp://127.0.0.1:1"))
        await #expect(throws: EngineUnreachable.self) { try await refused.ping() }
        let problem = thrown(Problems.self) { try EngineAddress("ssh://host") }
        #expect(
            problem?.description.hasPrefix(
                "the Docker host 'ssh://host' has a scheme that is not known; write unix:// or tcp://; for ssh://, ")
                == true)
    }

    @Test func readsTheEnvironment() throws {
        #expect(try EngineAddress.fromEnvironment { _ in nil }.description == "unix:///var/run/docker.sock")
        let variables = ["DOCKER_HOST": "tcp://10.0.0.1:2376", "DOCKER_TLS_VERIFY": "1", "DOCKER_CERT_PATH": "/none"]
        #expect(try EngineAddress.fromEnvironment { variables[$0] }.description == "tcp://10.0.0.1:2376")
    }

    @Test func makesVolumes() async throws {
        try await TestEngine.with { test in
            let made = try await test.engine.createVolume("\(test.prefix)-volume", labels: test.labels)
            #expect(made.labels == test.labels)
            let filters = ["label": ["io.minke.test=\(test.prefix)"]]
            #expect(try await test.engine.volumes(filters: filters) == [made])
            try await test.engine.removeVolume(made.name)
            try await test.engine.removeVolume(made.name)
            #expect(try await test.engine.volumes(filters: filters).isEmpty)
        }
    }
}
