import Applying
import DockerEngine
import Synchronization
import Testing

@Suite struct DockerHostTests {
    @Test func setsTheRestartPolicyOfAContainerThatEndsAgainAndAgain() async throws {
        try await TestEngine.with { test in
            let engine = test.engine
            let id = try await test.run("flapping", test.configuration(try await test.makeImage()))
            let isOver = Mutex(false)
            async let updates = {
                var count = 0
                while !isOver.withLock({ $0 }) {
                    try await DockerHost(engine).keepRunning(id)
                    count += 1
                }
                return count
            }()
            defer { isOver.withLock { $0 = true } }
            for _ in 0..<30 {
                do {
                    try await engine.killContainer(id, signal: "KILL")
                } catch let error as EngineError where error.isConflict {
                    // It has ended, and begins again.
                }
                try await engine.startContainer(id)
            }
            isOver.withLock { $0 = true }
            #expect(try await updates > 0)
        }
    }
}
