import Model
import System
import Testing

/// The purpose of the engine's restart policy: members come back by themselves. All tests share the engine, so nothing
/// else runs meanwhile.
@Suite struct RestartingTests {
    @Test(.enabled(if: environmentVariable("MINKE_TEST_DOCKER_HOST") != nil))
    func comesBackAfterTheEngineOrTheHostStartedAgain() async throws {
        try await Scenario.run("restarting", recipes: .project, images: IdentityTests.images, alone: true) { scenario in
            try scenario.declare(IdentityTests.services, tls: true)
            try await scenario.build(IdentityTests.images)
            try await scenario.minke("up")
            try Files.write(String(repeating: "as it was\n", count: 1000), to: "\(scenario.folder)/sent")
            try await scenario.openstack(
                do: "image", "create", "--disk-format", "raw", "--container-format", "bare", "--file", "sent", "disk")
            let before = try await scenario.members()

            for (words, event) in [([], "the engine is started again"), (["--unclean"], "the power fails")] {
                scenario.step(event)
                try await Scenario.restartEngine(words)

                scenario.step("the same containers run again, and answer, without an operator")
                try await scenario.eventually("every member answers", within: .seconds(180)) {
                    try await scenario.start(["status"]).status == 0
                }
                let after = try await scenario.members()
                try #require(after.mapValues(\.id) == before.mapValues(\.id))
                for (name, trace) in after { try #require(trace.started != before[name]?.started, "\(name)") }
                try await scenario.openstack(do: "image", "save", "--file", "received", "disk")
                try #require(
                    try Files.read("\(scenario.folder)/sent") == Files.read("\(scenario.folder)/received"))

                scenario.step("there is nothing to do")
                try await scenario.minke("up")
                try #require(try await scenario.members() == after)
                try await scenario.requireNothingToDo()
            }
        }
    }
}
