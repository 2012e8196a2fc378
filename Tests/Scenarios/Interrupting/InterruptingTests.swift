import Glibc
import Model
import System
import Testing

@Suite struct InterruptingTests {
    @Test func stopsAtCtrlCAndFinishesTheNextTime() async throws {
        try await Scenario.run("interrupted", services: "services: {ledger: 1, shop: 2}") { scenario in
            try await scenario.makeImages(["shop"], stuck: true)

            scenario.step("up waits for a service that does not get well, and is interrupted")
            let proxy = try EngineProxy(socket: "\(scenario.folder)/engine.sock", engine: scenario.engineAddress)
            defer { proxy.stop() }
            async let run = scenario.start(["up"], through: proxy.address)
            try await scenario.eventually("the shop is waited for") {
                try await scenario.containers().contains { $0.name == "\(scenario.name)-shop1" && $0.state == .running }
            }
            let client = try #require(proxy.client)
            kill(client, SIGINT)
            let stopped = try await run
            try #require(stopped.status == 130, "\(stopped.errors)")
            try #require(stopped.errors.contains("stopped; the same command, run again, finishes the work"))
            try #require(stopped.seconds < 15, "it did not wait for the probe's end")

            scenario.step("with the cause mended, the next up finishes the work")
            try await scenario.makeImages(["shop"])
            try await scenario.minke("up")
            try #require(try await scenario.get("health", from: "shop2") == "well\n")
            try await scenario.requireNothingToDo()
        }
    }

    @Test func letsOneRunChangeAnEnvironmentAtATime() async throws {
        try await Scenario.run("at-once", services: "services: {ledger: 1, shop: 1}") { scenario in
            try await scenario.makeImages(["shop"], stuck: true)

            scenario.step("one up waits for a service that does not get well")
            async let first = scenario.start(["up"])
            try await scenario.eventually("the shop is waited for") {
                try await scenario.containers().contains { $0.name == "\(scenario.name)-shop1" && $0.state == .running }
            }

            scenario.step("a second one, and a down, are refused and name the first")
            for words in [["up"], ["down"]] {
                let refused = try await scenario.start(words)
                try #require(refused.status == 1)
                try #require(refused.errors.contains("\(scenario.name) is locked by `minke up` (process "))
            }
            try #require(try await scenario.containers().count == 2)

            scenario.step("what only looks is not refused")
            try await scenario.minke("ps")

            scenario.step("when the first has ended, the next one goes through")
            try #require(try await first.status == 1)
            try await scenario.makeImages(["shop"])
            try await scenario.minke("up")
        }
    }
}
