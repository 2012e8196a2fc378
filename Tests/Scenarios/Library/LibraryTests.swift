import Applying
import Clouds
import Model
import Planning
import System
import Testing

/// The library by which other programs manage a cloud, used in this process, without arguments and terminal.
@Suite struct LibraryTests {
    /// A reporter that keeps the titles of finished steps.
    private final class Finished: Reporter {
        let titles = Locked<[String]>([])

        func started(_ step: Step, number: Int) {}
        func note(_ step: Step, number: Int, text: String) {}
        func finished(_ step: Step, number: Int, seconds: Double) { titles.withLock { $0.append(step.title) } }
        func failed(_ step: Step, number: Int, error: any Error) {}
        func skipped(_ step: Step, number: Int) {}
    }

    @Test func looksPlansAppliesAndTakesDown() async throws {
        try await Scenario.run("library", services: "services: {ledger: 1, shop: 1}") { scenario in
            let cloud = Cloud(
                CloudPlaces(
                    environmentFile: scenario.environmentFile, catalogFolder: scenario.catalogFolder,
                    stateFolder: scenario.stateFolder))

            scenario.step("a plan is carried out, exactly")
            #expect(try await cloud.status().isUp == false)
            let plan = try await cloud.plan()
            let finished = Finished()
            try await cloud.apply(plan, reporter: finished)
            #expect(finished.titles.value.sorted() == plan.plan.steps.map(\.title).sorted())
            let status = try await cloud.status()
            #expect(status.isUp && status.members.allSatisfy(\.isWell))
            #expect(try await cloud.plan().plan.isEmpty)
            try await scenario.requireNothingToDo()

            scenario.step("a plan that something has changed under is refused, and nothing is done")
            let before = try await scenario.members()
            await #expect(throws: Problems.self) { try await cloud.apply(plan, reporter: Finished()) }
            try #require(try await scenario.members() == before)

            scenario.step("it is taken down, with all that is remembered")
            try await cloud.takeDown(volumes: true, reporter: Finished())
            #expect(try await cloud.status().isUp == false)
            try #require(try await scenario.members().isEmpty)
        }
    }
}
