import Model
import Synchronization
import System
import Testing

@Suite struct InterruptedRestoreTests {
    @Test func finishesARestoreThatWasKilled() async throws {
        try await Scenario.run("killed-restore", services: "services: {ledger: 1, shop: 1, vault: 1}") { scenario in
            try await scenario.minke("up")
            _ = try await scenario.shell("echo gold >/var/vault/gold", in: "vault1")
            _ = try await scenario.shell("echo carrots >/var/ledger/entries/from-then", in: "ledger1")
            let ledger = try await scenario.ledger()
            try await scenario.minke("backup", "--output", "cloud.tar")

            scenario.step("undisturbed")
            try await scenario.minke("down", "--volumes", "--yes")
            let count = Mutex(0)
            let proxy = try EngineProxy(socket: "\(scenario.folder)/engine.sock", engine: scenario.engineAddress) {
                if $0.isChanging { count.withLock { $0 += 1 } }
                return nil
            }
            try await scenario.minke("restore", "cloud.tar", through: proxy.address)
            proxy.stop()
            try await requireRestored(ledger, in: scenario)

            let requests = count.withLock { $0 }
            let taken = KilledTests.isThorough ? requests : 10
            let moments = EngineProxy.Moment.allCases
            for index in 0..<taken {
                try await scenario.minke("down", "--volumes", "--yes")
                let number = index * requests / taken
                let request = try await scenario.killed(
                    ["restore", "cloud.tar"], at: number, moments[index % moments.count]
                ).request
                guard request != nil, try await isUnfinished(scenario) else { continue }
                for command in [["plan"], ["up", "--yes"], ["status"], ["backup", "-o", "other.tar"], ["restart"]] {
                    let run = try await scenario.start(command)
                    try #require(run.status == 2, "\(command): \(run.output)\(run.errors)")
                    try #require(
                        run.errors.contains("is restored in part only")
                            && run.errors.contains("run `minke restore \(scenario.folder)/cloud.tar` again"),
                        "\(command): \(run.errors)")
                }
                try await scenario.minke("restore", "cloud.tar")
                try await requireRestored(ledger, in: scenario)
                try #require(try Files.names(in: scenario.temporaryFolder) == [], "what was unpacked is gone")
            }

            scenario.step("one that is given up is removed")
            try await scenario.minke("down", "--volumes", "--yes")
            _ = try await scenario.killed(["restore", "cloud.tar"], at: requests / 2, .beforeForwarding)
            try #require(try await isUnfinished(scenario))
            try await scenario.minke("down", "--volumes", "--yes")
            try await scenario.minke("up")
        }
    }

    private func isUnfinished(_ scenario: Scenario) async throws -> Bool {
        try await scenario.store().get("environments/\(scenario.name)/restoring") != nil
    }

    private func requireRestored(_ ledger: String, in scenario: Scenario) async throws {
        try #require(try await scenario.shell("cat /var/vault/gold", in: "vault1") == "gold\n")
        try #require(try await scenario.ledger() == ledger)
        try await scenario.requireNothingToDo()
    }
}
