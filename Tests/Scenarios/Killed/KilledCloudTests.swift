import Model
import Synchronization
import Testing

/// The program is killed again and again while it makes one cloud of the project's recipes, a little later every time.
@Suite(.timeLimit(.minutes(60)))
struct KilledCloudTests {
    @Test func makesTheSameCloudAsAnUndisturbedRun() async throws {
        try await Scenario.run("killed-cloud", recipes: .project) { scenario in
            try scenario.declare(IdentityTests.services)
            try await scenario.build(IdentityTests.images)
            try await scenario.minke("up")
            let wanted = try await CloudState(of: scenario)
            try await scenario.minke("down", "--volumes", "--yes")

            var kills = 0
            while try await isKilled(at: 4 + kills, moment: EngineProxy.Moment.allCases[kills % 3], in: scenario) {
                kills += 1
            }
            try #require(kills >= 10)
            let state = try await CloudState(of: scenario)
            try #require(state == wanted, "\(state.differences(from: wanted))")
            try await scenario.requireNothingToDo()
        }
    }

    /// Runs `up` and kills it at its n-th request that changes something; false where it ended before.
    private func isKilled(at number: Int, moment: EngineProxy.Moment, in scenario: Scenario) async throws -> Bool {
        scenario.step("killed at changing request \(number), \(moment.rawValue)")
        let seen = Mutex(0)
        let killedAt = Mutex<EngineProxy.Request?>(nil)
        let proxy = try EngineProxy(
            socket: "\(scenario.folder)/engine.sock", engine: scenario.engineAddress
        ) { request in
            guard request.isChanging else { return nil }
            let count = seen.withLock { count in
                defer { count += 1 }
                return count
            }
            guard count == number else { return nil }
            killedAt.withLock { $0 = request }
            return moment
        }
        defer { proxy.stop() }
        let run = try await scenario.start(["up"], through: proxy.address)
        if let request = killedAt.withLock({ $0 }) {
            scenario.diary.add("that was \(request)")
            return true
        }
        try #require(run.status == 0, "\(run.errors)")
        return false
    }
}
