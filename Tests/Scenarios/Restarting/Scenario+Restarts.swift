import System
import Testing

extension Scenario {
    /// Requires that all members come back by themselves, which is the purpose of the engine's restart policy, after the
    /// engine was started again and after the power failed. The cloud has an image, whose content is in a file; nothing
    /// else uses the engine.
    func requireReturnAfterRestarts(image: String, file: String) async throws {
        let before = try await members()
        for (words, event) in [([], "the engine is started again"), (["--unclean"], "the power fails")] {
            step(event)
            try await client.end(in: self)
            try await Self.restartEngine(words)

            step("the same containers run again, and answer, without an operator")
            try await eventually("every member answers", within: .seconds(180)) {
                try await start(["status"]).status == 0
            }
            let after = try await members()
            try #require(after.mapValues(\.id) == before.mapValues(\.id))
            for (name, trace) in after { try #require(trace.started != before[name]?.started, "\(name)") }
            try await requireSame(image: image, file: file)

            step("there is nothing to do")
            try await minke("up")
            try #require(try await members() == after)
            try await requireNothingToDo()
        }
    }
}
