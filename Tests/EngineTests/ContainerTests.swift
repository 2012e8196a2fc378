import DockerEngine
import Model
import System
import TestTools
import Testing

@Suite struct ContainerTests {
    @Test func livesItsWholeLife() async throws {
        try await TestEngine.with { test in
            let engine = test.engine
            var configuration = test.configuration(try await test.makeImage())
            configuration.command = ["sh", "-c", "trap 'exit 7' TERM; sleep 600 & wait"]
            configuration.environment = ["A": "b c"]
            configuration.hostname = "left"
            configuration.host.memory = 64 << 20
            configuration.host.restart = .onFailure(maximum: 2)
            let id = try await test.run("one", configuration)

            let listed = try await engine.containers(filters: ["label": ["io.minke.test=\(test.prefix)"]])
            #expect(listed.map(\.id) == [id])
            #expect(listed.first?.name == "\(test.prefix)-one")
            #expect(listed.first?.state == .running)
            #expect(listed.first?.health == ContainerHealth.none)
            #expect(listed.first?.labels["io.minke.test"] == test.prefix)

            var details = try await engine.inspectContainer(id)
            #expect(details.state.state == .running)
            #expect(details.environment.contains("A=b c"))
            #expect(details.hostname == "left")
            #expect(details.raw["HostConfig"]?["Memory"] == .int(64 << 20))
            try await engine.updateContainer(id, memory: 96 << 20, restart: .no)
            details = try await engine.inspectContainer(id)
            #expect(details.raw["HostConfig"]?["Memory"] == .int(96 << 20))
            #expect(try await engine.processes(of: id).rows.count == 2)
            #expect(try await engine.statistics(of: id).memoryLimit == 96 << 20)

            try await engine.startContainer(id)
            try await engine.renameContainer(id, to: "\(test.prefix)-two")
            async let code = engine.waitForContainer(id)
            try await engine.stopContainer("\(test.prefix)-two", grace: .seconds(10))
            #expect(try await code == 7)
            #expect(try await engine.inspectContainer(id).state.exitCode == 7)
            try await engine.startContainer(id)
            try await engine.killContainer(id, signal: "KILL")
            #expect(try await engine.waitForContainer(id) == 137)
            try await engine.removeContainer(id)
            try await engine.removeContainer(id)
        }
    }

    @Test func isGoneForAllWhoRemoveItAtTheSameTime() async throws {
        try await TestEngine.with { test in
            let configuration = test.configuration(try await test.makeImage(), ["sleep", "600"])
            let id = try await test.run("many", configuration)
            let engine = test.engine
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        try await engine.removeContainer(id, force: true)
                        #expect(try await engine.findContainer(id) == nil)
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func tellsWhichCallWasRefused() async throws {
        try await TestEngine.with { test in
            let missing = "\(test.prefix)-missing"
            let error = await thrown(EngineError.self) { try await test.engine.inspectContainer(missing) }
            #expect(error?.isNotFound == true)
            #expect(
                error?.description
                    == "cannot inspect container \(missing): No such container: \(missing) (engine status 404)")
        }
    }

    @Test func separatesOutputsInLogs() async throws {
        try await TestEngine.with { test in
            let image = try await test.makeImage()
            let script = "echo one; echo two >&2; echo three"
            let id = try await test.run("logs", test.configuration(image, ["sh", "-c", script]))
            _ = try await test.engine.waitForContainer(id)
            let chunks = try await test.engine.logs(of: id)
            #expect(chunks.filter { $0.channel == .output }.map(\.text).joined() == "one\nthree\n")
            #expect(chunks.filter { $0.channel == .errors }.map(\.text).joined() == "two\n")
            #expect(try await test.engine.logs(of: id, LogSelection(tail: 1)).count == 1)

            var terminal = test.configuration(image, ["sh", "-c", script])
            terminal.terminal = true
            let other = try await test.run("terminal", terminal)
            _ = try await test.engine.waitForContainer(other)
            #expect(try await test.engine.logs(of: other).map(\.text).joined() == "one\r\ntwo\r\nthree\r\n")
        }
    }

    @Test func followsLogsUntilTheEnd() async throws {
        try await TestEngine.with { test in
            let script = "echo one; read line; echo $line >&2"
            var configuration = test.configuration(try await test.makeImage(), ["sh", "-c", script])
            configuration.command = ["sh", "-c", "echo one; while [ ! -e /go ]; do sleep 0.05; done; echo two >&2"]
            let id = try await test.run("follow", configuration)
            var seen: [String] = []
            for try await chunk in try await test.engine.followLogs(of: id) {
                seen.append("\(chunk.channel) \(chunk.text)")
                if seen.count == 1 { try await test.engine.put([.text("go", "")], in: "/", of: id) }
            }
            #expect(seen == ["output one\n", "errors two\n"])
        }
    }

    @Test func runsProgramsInsideWithInput() async throws {
        try await TestEngine.with { test in
            let id = try await test.run("exec", test.configuration(try await test.makeImage()))
            let input = (0..<700_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
            let script = "cat; echo $A >&2; id -u >&2; exit 5"
            var exec = ExecConfiguration(["sh", "-c", script], user: "42")
            exec.environment = ["A": "b"]
            let result = try await test.engine.exec(in: id, exec, input: input)
            #expect(result.exitCode == 5)
            #expect(result.output == input)
            #expect(result.errorText == "b\n42\n")

            let without = try await test.engine.exec(in: id, ExecConfiguration(["sh", "-c", "cat; echo done"]))
            #expect(without.outputText == "done\n")
            let unknown = try await test.engine.exec(in: id, ExecConfiguration(["no-such-program"]))
            #expect([126, 127].contains(unknown.exitCode))
            await #expect(throws: TimedOut.self) {
                try await test.engine.exec(
                    in: id, ExecConfiguration(["sleep", "600"]), limit: .milliseconds(200))
            }
            try await test.engine.killContainer(id)
            let error = await thrown(EngineError.self) {
                try await test.engine.exec(in: id, ExecConfiguration(["true"]))
            }
            #expect(error?.isConflict == true)
        }
    }

    @Test func movesFilesInAndOut() async throws {
        try await TestEngine.with { test in
            let engine = test.engine
            let id = try await engine.createContainer(name: nil, test.configuration(try await test.makeImage()))
            let entries = [
                TarEntry("minke", .directory, mode: 0o750, user: 42401, group: 42401),
                .text("minke/secret", "s3cret", mode: 0o600, user: 42401, group: 42401),
                TarEntry("minke/link", .link("secret")),
            ]
            try await engine.put(entries, in: "/etc", of: id)
            #expect(try await engine.readFile("/etc/minke/secret", of: id) == Array("s3cret".utf8))
            let collected = Seen()
            try await engine.getArchive("/etc/minke", of: id) { collected.append($0) }
            let back = try TarReader.entries(collected.bytes).sorted { $0.path < $1.path }
            #expect(back.map(\.path) == ["minke", "minke/link", "minke/secret"])
            #expect(back.map(\.user) == [42401, 0, 42401])
            #expect(back.map(\.mode) == [0o750, 0o777, 0o600])
            let error = await thrown(EngineError.self) {
                try await engine.put(entries, in: "/no/such", of: id)
            }
            #expect(error?.isNotFound == true)
        }
    }

    @Test func takesTheWholeHostConfiguration() async throws {
        try await TestEngine.with { test in
            let engine = test.engine
            var configuration = test.configuration(try await test.makeImage())
            configuration.entrypoint = ["sleep"]
            configuration.command = ["600"]
            configuration.user = "1:2"
            configuration.healthCheck = HealthCheck(
                command: ["id"], interval: .milliseconds(200), timeout: .seconds(5), retries: 1)
            var host = HostConfiguration()
            host.networkMode = "none"
            host.mounts = [
                Mount(.volume(name: "\(test.prefix)-data", labels: test.labels, copies: false), at: "/data"),
                Mount(.memory(size: 1 << 20, mode: 0o700), at: "/memory"),
                Mount(.path("/etc"), at: "/host", readOnly: true),
            ]
            host.tmpfs = ["/scratch": "size=1m,mode=1777"]
            host.nanoCPUs = 500_000_000
            host.processLimit = 50
            host.logOptions = ["max-size": "1m", "max-file": "2"]
            host.addedCapabilities = ["NET_ADMIN"]
            host.droppedCapabilities = ["MKNOD"]
            host.devices = [Device("/dev/null", path: "/dev/nothing")]
            host.ulimits = [Ulimit("nofile", soft: 100, hard: 200)]
            host.securityOptions = ["no-new-privileges"]
            host.readOnlyRoot = true
            host.usesInit = false
            host.addedGroups = ["77"]
            host.extraHosts = ["other:198.18.0.9"]
            configuration.host = host
            let id = try await test.run("full", configuration)

            let script = "id -G; ls -d /data /memory /host /scratch /dev/nothing; ulimit -Hn"
            let result = try await engine.exec(in: id, ExecConfiguration(["sh", "-c", script]))
            #expect(result.outputText == "2 77\n/data\n/dev/nothing\n/host\n/memory\n/scratch\n200\n")
            let details = try await engine.inspectContainer(id)
            #expect(details.mounts.first { $0.destination == "/data" }?.name == "\(test.prefix)-data")
            #expect(details.raw["HostConfig"]?["LogConfig"]?["Config"]?["max-file"] == "2")
            #expect(try await engine.inspectVolume("\(test.prefix)-data").labels == test.labels)
            try await wait(every: .milliseconds(20), within: .seconds(30), for: "health") {
                try await engine.containers(filters: ["id": [id]]).first?.health == .healthy
            }
        }
    }
}
