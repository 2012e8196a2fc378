import Model
import Testing

/// A program that is killed again and again while it makes one cloud of the project's recipes, a little later every
/// time.
@Suite(.enabled(if: Scenario.takesLongOnes)) struct KilledCloudTests {
    @Test func makesTheSameCloudAsAnUndisturbedRun() async throws {
        try await Scenario.run("killed-cloud", recipes: .project, images: IdentityTests.images) { scenario in
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

            scenario.step("killed amid its requests to Keystone, one request later every time")
            try await scenario.minke("down", "--volumes", "--yes")
            var requests = 0
            while try await scenario.upKilled(atRequestToKeystone: requests + 1) { requests += 1 }
            try #require(requests >= 5)
            let registered = try await CloudState(of: scenario)
            try #require(registered == wanted, "\(registered.differences(from: wanted))")
            try await scenario.requireNothingToDo()
        }
    }

    /// Runs `up` and returns whether it was killed; false if it ended before.
    private func isKilled(at number: Int, moment: EngineProxy.Moment, in scenario: Scenario) async throws -> Bool {
        let (run, request) = try await scenario.upKilled(at: number, moment)
        if request == nil { try #require(run.status == 0, "\(run.errors)") }
        return request != nil
    }
}
