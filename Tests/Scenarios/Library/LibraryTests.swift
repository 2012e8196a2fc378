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

    @Test func managesACloudFromItsFirstPlanToItsEnd() async throws {
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

            scenario.step("members are stopped, started and restarted")
            #expect(try await cloud.stop(["shop1"], reporter: Finished()) == ["shop1"])
            #expect(try await cloud.status().members.filter { !$0.isWell }.map(\.name) == ["shop1"])
            #expect(try await cloud.start(reporter: Finished()) == ["shop1"])
            #expect(try await cloud.restart(["shop"], reporter: Finished()) == ["shop1"])
            #expect(try await cloud.status().isWell)
            await #expect(throws: Problems.self) { try await cloud.stop(["shp"], reporter: Finished()) }
            try await scenario.requireNothingToDo()

            scenario.step("a secret is replaced by the plan after its rotation, and not before")
            let seal = try await scenario.shell("cat /etc/minke/seal", in: "shop1")
            #expect(try await cloud.secrets().map(\.name) == ["shop.ledger", "shop.seal"])
            try await cloud.rotate(["shop.seal"])
            #expect(try await cloud.secrets().filter(\.isReplaced).map(\.name) == ["shop.seal"])
            try #require(try await scenario.shell("cat /etc/minke/seal", in: "shop1") == seal)
            try await cloud.apply(cloud.plan(), reporter: Finished())
            try #require(try await scenario.shell("cat /etc/minke/seal", in: "shop1") != seal)
            #expect(try await cloud.secrets().allSatisfy { $0.origin == .generated && !$0.isReplaced })
            try await scenario.requireNothingToDo()

            scenario.step("it is restored from a backup")
            let archive = "\(scenario.folder)/cloud.tar"
            let ledger = try await scenario.ledger()
            try await cloud.backUp(to: archive)
            try #require(try Files.status(of: archive).mode & 0o777 == 0o600)
            await #expect(throws: Problems.self) { try await cloud.restore(from: archive, reporter: Finished()) }
            try await cloud.takeDown(volumes: true, reporter: Finished())
            let volumes = try await cloud.restore(from: archive, reporter: Finished())
            #expect(volumes == ["\(scenario.name)-ledger1-data"])
            try #require(try await scenario.ledger() == ledger)
            try await scenario.requireNothingToDo()

            scenario.step("it is taken down, with all that is remembered")
            try await cloud.takeDown(volumes: true, reporter: Finished())
            #expect(try await cloud.status().isUp == false)
            try #require(try await scenario.members().isEmpty)
        }
    }
}
