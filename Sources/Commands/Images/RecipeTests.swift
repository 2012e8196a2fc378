import Building
import DockerEngine
import Model
import Recipes
import System

/// A runner of recipes' own tests, several at a time, the longest first. A test that passed is not run again while
/// everything that its result depends on is the same.
struct RecipeTests: Sendable {
    let engine: Engine
    let selection: ImageSelection
    let catalog: String
    /// Whether tests that passed before run again; their results are kept in either case.
    let runsAll: Bool
    var passed = PassedTests()
    var durations = TestDurations()

    /// The SHA-256 of RecipeTestRun.swift, which runs the tests. A unit test compares it and prints the new one.
    static let runner = "0e400137f2b03ebc05dd5c28881795bbd868681a991ad32e3b25f02f2b835786"

    func run(jobs: Int) async throws -> [RecipeTestResult] {
        let basis = try await RecipeTestBasis(engine)
        let known = durations
        // A test that never ran here may be a long one.
        func seconds(_ image: PlannedImage) -> Double { known[image.name] ?? .infinity }
        let images = selection.images.map { (image: $0, seconds: seconds($0)) }
            .sorted { ($1.seconds, $0.image.name) < ($0.seconds, $1.image.name) }.map(\.image)
        return try await withThrowingTaskGroup(of: RecipeTestResult.self) { group in
            var results: [RecipeTestResult] = []
            var waiting = images.makeIterator()
            for _ in 0..<max(1, jobs) {
                if let image = waiting.next() { group.addTask { try await test(image, basis) } }
            }
            while let result = try await group.next() {
                results.append(result)
                if let image = waiting.next() { group.addTask { try await test(image, basis) } }
            }
            return results.sorted { $0.recipe < $1.recipe }
        }
    }

    private func test(_ image: PlannedImage, _ basis: RecipeTestBasis) async throws -> RecipeTestResult {
        func result(_ outcome: RecipeTestResult.Outcome) -> RecipeTestResult {
            RecipeTestResult(recipe: image.name, reference: "\(image.reference)", outcome: outcome)
        }
        guard Files.exists("\(image.recipe.folder)/test/run") else { return result(.absent) }
        let files = try RecipeTestFiles(recipe: image.recipe.folder, name: image.name, catalog: catalog)
        let identity = basis.identity(of: image, in: selection.plan, files: files, runner: Self.runner)
        if !runsAll, let identity, let seconds = passed.seconds(of: identity) {
            return result(.passed(seconds: seconds, isKept: true))
        }
        let clock = ContinuousClock()
        let start = clock.now
        do {
            let failure = try await RecipeTestRun(
                engine: engine, image: image, files: files,
                images: RecipeTestBasis.variables(of: files, in: selection.plan), catalog: catalog
            ).run()
            if let failure { return result(.failed(failure)) }
        } catch let error as CancellationError {
            throw error
        } catch {
            return result(.failed("\(error)"))
        }
        let seconds = (clock.now - start).seconds
        // A result that cannot be kept costs no more than another run.
        try? durations.note(image.name, seconds: seconds)
        if let identity { try? passed.keep(identity, name: image.name, seconds: seconds) }
        return result(.passed(seconds: seconds, isKept: false))
    }
}
