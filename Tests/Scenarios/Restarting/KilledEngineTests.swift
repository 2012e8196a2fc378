import DockerEngine
import Model
import System
import Testing

/// A cloud whose engine is killed while its containers go on, as by the kernel when memory runs out. All tests share
/// the engine, so nothing else runs meanwhile.
@Suite struct KilledEngineTests {
    /// The ways in which the engine ends without its containers, as options of `scripts/test-engine restart`.
    private static let events: [[String]] = [
        ["--killed"], ["--killed", "--live-restore"], ["--containerd-killed"], ["--both-killed"],
        ["--both-killed", "--live-restore"],
    ]

    @Test(.enabled(if: environmentVariable("MINKE_TEST_DOCKER_HOST") != nil))
    func comesBackAsItWas() async throws {
        let services = "services: {ledger: 1, shop: 2, vault: 1, clock: 1}"
        try await Scenario.run("killed-engine", services: services, alone: true) { scenario in
            try await scenario.minke("up")
            try await scenario.minke("stop", "shop2")
            let before = try await scenario.containers()

            for event in Self.events {
                scenario.step("the engine ends by \(event.joined(separator: " "))")
                try await Scenario.restartEngine(event)

                scenario.step("every member is as it was, without an operator")
                try await scenario.eventually("the same containers run") {
                    let after = try await scenario.containers()
                    return after.map(\.id) == before.map(\.id) && after.map(\.state) == before.map(\.state)
                }
                try await scenario.eventually("all that run answer") {
                    let members = try await scenario.start(["status", "--json"]).json()["members"]?.list ?? []
                    return members.allSatisfy { $0["healthy"]?.bool == ($0["member"]?.string != "shop2") }
                }
                try #require(try await scenario.planLines() == ["start shop2: stopped"])
            }

            scenario.step("what was stopped starts when it is asked for, and is kept from then on")
            try await scenario.minke("up")
            try await Scenario.restartEngine(["--killed"])
            try await scenario.eventually("all answer") { try await scenario.start(["status"]).status == 0 }
            try await scenario.requireNothingToDo()
        }
    }

    @Test(.enabled(if: environmentVariable("MINKE_TEST_DOCKER_HOST") != nil))
    func anUpThatIsUnderWayGoesOn() async throws {
        try await Scenario.run("killed-meanwhile", services: "services: {ledger: 1, vault: 1}", alone: true) {
            scenario in
            try await scenario.minke("up")
            let old = try await scenario.member("vault1").id
            try scenario.edit(recipe: "vault", replacing: "within: 15s", with: "within: 300s")
            try await scenario.makeImages(["vault"], version: "2", stuck: true)

            scenario.step("up waits for a replacement that does not get well, and the engine is killed")
            async let run = scenario.start(["up"])
            func members() async throws -> [ContainerSummary] {
                try await scenario.containers().filter { $0.labels[Labels.member] == "vault1" }
            }
            func replacement() async throws -> ContainerSummary? {
                let all = try await members()
                guard all.count == 2, all.allSatisfy({ ($0.state == .running) == ($0.id != old) }) else { return nil }
                return all.first { $0.id != old }
            }
            try await scenario.eventually("the replacement runs in place of the old one") {
                try await replacement() != nil
            }
            try await Scenario.restartEngine(["--killed"])

            scenario.step("the engine starts the replacement again, and leaves the old one, which never runs beside it")
            try await scenario.eventually("the engine has started what it starts") {
                let ledger = try await scenario.member("ledger1").state.state
                return try await replacement() != nil && ledger == .running
            }

            scenario.step("up has gone on waiting for it, and finishes its work once it gets well")
            let new = try #require(try await replacement()).id
            let mend = try await scenario.engine.exec(in: new, ExecConfiguration(["rm", "/stuck"], user: "0"))
            try #require(mend.exitCode == 0)
            try await scenario.engine.restartContainer(new)
            let ended = try await run
            try #require(ended.status == 0, "\(ended.errors)")
            try #require(try await members().map(\.id) == [new])
            try #require(try await scenario.shell("cat /version", in: "vault1") == "2")
            try await scenario.requireNothingToDo()
        }
    }

    @Test func keepsContainersOfAnEarlierProgramWithoutReplacingThem() async throws {
        try await Scenario.run("earlier-policy", services: "services: {ledger: 1, vault: 1}") { scenario in
            try await scenario.minke("up")
            let before = try await scenario.members()

            scenario.step("the containers are as an earlier program made them")
            for trace in before.values {
                try await scenario.engine.updateContainer(trace.id, restart: .unlessStopped)
            }
            let store = "\(scenario.stateFolder)/minke.db"
            try Files.remove(store)
            for suffix in ["-wal", "-shm"] { try Files.remove(store + suffix) }

            scenario.step("up has the engine keep them, and touches nothing else")
            try await scenario.minke("up")
            try #require(try await scenario.members() == before)
            for trace in before.values {
                let policy = try await scenario.engine.inspectContainer(trace.id).raw["HostConfig"]?["RestartPolicy"]
                try #require(policy?["Name"]?.string == "always")
            }
            try await scenario.requireNothingToDo()
        }
    }
}
