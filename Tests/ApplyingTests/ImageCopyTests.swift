import Model
import TestTools
import Testing

@testable import Applying

/// Images that go from one host to another.
@Suite struct ImageCopyTests {
    private func trial() -> (Trial, other: FakeEngine) {
        var trial = Trial()
        let other = FakeEngine(trial.journal)
        trial.hosts["far"] = other
        trial.engine.state.withLock { $0.images = Array(repeating: 7, count: 1 << 20) }
        return (trial, other)
    }

    private var step: Step {
        var step = Trial.step(.copyImages(["minke/web", "minke/base"]))
        step.host = "far"
        return step
    }

    @Test func arriveWhole() async throws {
        let (trial, other) = trial()
        try await trial.run([step])
        #expect(other.state.withLock { $0.images } == trial.engine.state.withLock { $0.images })
        #expect(trial.journal.lines.sorted() == ["load images", "save minke/web, minke/base"])
    }

    /// The other end only finds the stream broken.
    @Test(arguments: [true, false]) func failWithTheCause(isSource: Bool) async throws {
        let (trial, other) = trial()
        if isSource { trial.engine.fail(.saveImages) } else { other.fail(.loadImages) }
        let error = try #require(await thrown(ApplyFailure.self) { try await trial.run([step]) })
        #expect(error.failed.first?.1 is EngineRefusal)
    }
}
