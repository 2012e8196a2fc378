import DockerEngine
import Glibc
import Model
import System
import Testing

@Suite struct HealthTests {
    @Test func asksAMemberBeforeItBelievesTheEngine() async throws {
        try await Scenario.run("false-alarm", services: "services: {ledger: 1, clock: 1}") { scenario in
            try scenario.edit(
                recipe: "ledger", replacing: "within: 30s", with: "within: 30s\n    every: 300s")
            try await scenario.minke("up")
            let before = try await scenario.members()
            let id = try #require(before["ledger1"]?.id)

            scenario.step("the engine calls a member unhealthy that was paused, until it checks it again")
            try await scenario.engine.pauseContainer(id)
            try await scenario.engine.unpauseContainer(id)
            try #require(try await scenario.engine.inspectContainer(id).state.health == .unhealthy)

            scenario.step("it answers, so that there is nothing to do")
            try await scenario.requireNothingToDo()
            try await scenario.minke("up")
            try #require(try await scenario.members() == before)

            scenario.step("when it does not answer, it is restarted")
            _ = try await scenario.shell("rm /run/web/ready", in: "ledger1")
            try #require(try await scenario.planLines() == ["restart ledger1: unhealthy (interrupts new entries)"])
            try await scenario.minke("up", "--yes")
            try #require(try await scenario.members()["ledger1"]?.id == id)
            try await scenario.minke("status")
        }
    }

    @Test func tellsAtOnceThatContainersAreOutOfReach() async throws {
        try await Scenario.run("out-of-reach", services: "services: {ledger: 1, shop: 2}") { scenario in
            // Like a rootless engine: its socket can be reached, and its networks cannot.
            func start(_ words: String...) async throws -> (status: Int32, errors: String, seconds: Double) {
                var command = scenario.command(words)
                command.arguments = ["--net", command.program] + words
                command.program = "unshare"
                let begin = ContinuousClock.now
                let result = try await command.run()
                scenario.diary.add("$ minke \(words)  -> \(result.status)\n\(result.errorText)")
                return (result.status.code, result.errorText, (ContinuousClock.now - begin).seconds)
            }
            scenario.step("before anything is there, and where all is there")
            for isUp in [false, true] {
                if isUp {
                    try await scenario.minke("up")
                    try await scenario.minke("stop", "shop1")
                }
                let refused = try await start("up")
                try #require(refused.status != 0)
                try #require(refused.errors.contains("the engine's containers are out of reach from here"))
                try #require(refused.seconds < 10, "\(refused.seconds) s")
            }
        }
    }

    /// A folder as on a disk that became read-only after an error, and one on a full disk. Both are mounted only for
    /// this process's children.
    @Test(arguments: [
        (
            "read-only", "Read-only file system",
            """
            mount --bind "$MINKE_STATE" "$MINKE_STATE"
            mount -o remount,bind,ro "$MINKE_STATE"
            """
        ),
        (
            "full-disk", "No space left on device",
            """
            disk=$MINKE_STATE-disk
            mkdir "$disk"
            mount -t tmpfs -o mode=700,size=$(($(du -sk "$MINKE_STATE" | cut -f 1) + 64))k none "$disk"
            cp -a "$MINKE_STATE/." "$disk"
            mount --move "$disk" "$MINKE_STATE"
            rmdir "$disk"
            cat /dev/zero 2>/dev/null >"$MINKE_STATE/other" || true
            """
        ),
    ])
    func looksWhereTheStateFolderCannotBeWritten(name: String, reason: String, mounting: String) async throws {
        try await Scenario.run(name, services: "services: {ledger: 1, shop: 1}") { scenario in
            try await scenario.minke("up")
            let before = try await scenario.members()
            func start(_ words: String...) async throws -> (status: Int32, errors: String) {
                var command = scenario.command(words)
                command.arguments =
                    ["--mount", "sh", "-euc", mounting + "\nexec \"$0\" \"$@\"", command.program] + words
                command.program = "unshare"
                let result = try await command.run()
                scenario.diary.add("$ minke \(words)  -> \(result.status)\n\(result.outputText)\(result.errorText)")
                return (result.status.code, result.errorText)
            }

            scenario.step("one can look")
            for words in ["status", "ps", "plan"] { try #require(try await start(words).status == 0, "\(words)") }

            scenario.step("nothing is changed, and the reason is told")
            let refused = try await start("restart", "shop1")
            try #require(refused.status != 0)
            try #require(refused.errors.contains("cannot keep state in \(scenario.stateFolder): "))
            try #require(refused.errors.contains(reason))
            try #require(try await scenario.members() == before)
        }
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func endsACommandInAMemberWithItself(signal: Int32) async throws {
        try await Scenario.run("exec-ends-\(signal)", services: "services: {clock: 1}") { scenario in
            try await scenario.minke("up")
            let proxy = try EngineProxy(socket: "\(scenario.folder)/engine.sock", engine: scenario.engineAddress)
            defer { proxy.stop() }
            async let run = scenario.start(
                ["exec", "clock1", "--", "sh", "-c", "sleep 4711; true"], through: proxy.address)
            func isAtWork() async throws -> Bool {
                try await scenario.shell("ps -o args | grep '^sleep 4711' || true", in: "clock1").contains("4711")
            }
            try await scenario.eventually("it is at work") { try await isAtWork() }
            kill(try #require(proxy.client), signal)
            try #require(try await run.status == 128 + signal)
            try await scenario.eventually("it has ended", within: .seconds(10)) { try await !isAtWork() }
            // Nothing else has ended.
            try #require(try await scenario.member("clock1").state.state == .running)
        }
    }
}
