import DockerEngine
import Model
import System
import Testing

/// Values with which a service does not run: a vault whose lock is jammed ends as soon as it has begun.
@Suite struct BadValuesTests {
    private static func services(lock: String) -> String {
        "services: {ledger: 1, vault: {replicas: 1, settings: {lock: \(lock)}}}"
    }

    @Test func goesBackToTheFilesThatItLivedWith() async throws {
        try await Scenario.run("bad-value", services: Self.services(lock: "simple")) { scenario in
            try await scenario.minke("up")
            let before = try await scenario.member("vault1")

            scenario.step("a value that it does not live with fails soon, and the member serves on without it")
            try scenario.declare(Self.services(lock: "jammed"))
            let failed = try await scenario.minke("up", "--yes", expecting: 1)
            try #require(failed.errors.contains("its process ends again and again"))
            try #require(failed.errors.contains("vault1 has its earlier files again, and serves on"))
            let after = try await scenario.member("vault1")
            try #require(after.id == before.id && after.state.state == .running)
            try await scenario.minke("status")

            scenario.step("the same is planned again, and with the value taken out there is nothing to do")
            try #require(
                try await scenario.planLines().contains { $0.hasPrefix("restart vault1: vault.conf [vault] lock") })
            try scenario.declare(Self.services(lock: "simple"))
            try await scenario.requireNothingToDo()

            scenario.step("a good value is taken as ever")
            try scenario.declare(Self.services(lock: "double"))
            try await scenario.minke("up", "--yes")
            try #require(try await scenario.shell("cat /etc/minke/vault.conf", in: "vault1").contains("double"))
        }
    }

    @Test(arguments: ["up", "start", "restart"])
    func takesTheMendedFileWhileItCrashes(command: String) async throws {
        try await Scenario.run("mended-\(command)", services: Self.services(lock: "jammed")) { scenario in
            scenario.step("a member begins with a value that it does not live with")
            let failed = try await scenario.minke("up", expecting: 1)
            try #require(failed.errors.contains("its process ends again and again"))
            let crashing = try await scenario.member("vault1").id

            scenario.step("it can be stopped while it crashes")
            if command == "start" {
                try await scenario.minke("stop", "vault1")
                try #require(try await scenario.member("vault1").state.state == .exited)
            }

            scenario.step("\(command) takes the mended file")
            try scenario.declare(Self.services(lock: "simple"))
            try await scenario.minke(command == "up" ? ["up", "--yes"] : [command, "vault1"])
            try #require(try await scenario.get("health", from: "vault1") == "well\n")
            if command != "up" { try #require(try await scenario.member("vault1").id == crashing) }
            try await scenario.minke("up", "--yes")
            try await scenario.requireNothingToDo()
        }
    }

    @Test func noticesAtOnceThatThereIsNothingToWaitFor() async throws {
        try await Scenario.run("nothing-to-wait-for", services: "services: {ledger: 1, vault: 1}") { scenario in
            try await scenario.makeImages(["vault"], stuck: true)
            // The time for which up would wait for it otherwise.
            try scenario.edit(recipe: "vault", replacing: "within: 15s", with: "within: 600s")
            let engine = scenario.engine
            let proxy = try EngineProxy(
                socket: "\(scenario.folder)/engine.sock", engine: scenario.engineAddress)
            let events: [(words: String, body: @Sendable (String) async throws -> Void)] = [
                ("its container was removed meanwhile", { try await engine.removeContainer($0, force: true) }),
                ("its container was paused meanwhile", { try await engine.pauseContainer($0) }),
                ("and stays stopped", { try await engine.stopContainer($0) }),
                ("the engine does not answer any more", { _ in proxy.stop() }),
            ]
            for event in events {
                scenario.step("up waits, and \(event.words)")
                async let run = scenario.start(["up"], through: proxy.address)
                var id = ""
                try await scenario.eventually("the vault is waited for") {
                    let vault = try await scenario.containers().first { $0.labels[Labels.member] == "vault1" }
                    id = vault?.id ?? ""
                    return vault?.state == .running
                }
                try await event.body(id)
                let ended = try await run
                try #require(ended.status == 1 && ended.errors.contains(event.words), "\(ended.errors)")
                try #require(ended.seconds < 300, "it waited for the probe's end: \(ended.seconds) s")
                try await engine.removeContainer(id, force: true)
            }
        }
    }
}
