import Building
import CommandLine
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
    /// Shows each test as it begins and ends; `run` closes it.
    var display: StepDisplay?
    var passed = PassedTests()
    var durations = TestDurations()

    /// The SHA-256 of RecipeTestRun.swift, which runs the tests. A unit test compares it and prints the new one.
    static let runner = "1037fe700b29e91bed71995e43b54649362a6c415f2cb477940dc492a453053f"

    func run(jobs: Int) async throws -> [RecipeTestResult] {
        defer { display?.close() }
        let basis = try await RecipeTestBasis(engine)
        var results: [RecipeTestResult] = []
        var trials: [Trial] = []
        for image in selection.images {
            switch try begin(image, basis) {
            case .known(let outcome): results.append(result(of: image, outcome))
            case .toRun(let trial): trials.append(trial)
            }
        }
        display?.expect(trials.count)
        trials.sort { ($1.seconds, $0.image.name) < ($0.seconds, $1.image.name) }
        results += try await concurrently(trials, atMost: jobs) { try await run($0) }
        return results.sorted { $0.recipe < $1.recipe }
    }

    /// A test that has to run.
    private struct Trial {
        let image: PlannedImage
        let files: RecipeTestFiles
        /// The identity under which its result is kept; nil where it cannot be.
        let identity: String?
        /// Its duration the last time. One that never ran here may be a long one.
        let seconds: Double
    }

    private enum Beginning {
        case known(RecipeTestResult.Outcome)
        case toRun(Trial)
    }

    private func begin(_ image: PlannedImage, _ basis: RecipeTestBasis) throws -> Beginning {
        guard Files.exists("\(image.recipe.folder)/test/run") else { return .known(.absent) }
        let files = try RecipeTestFiles(recipe: image.recipe.folder, name: image.name, catalog: catalog)
        let identity = basis.identity(of: image, in: selection.plan, files: files, runner: Self.runner)
        if !runsAll, let identity, let seconds = passed.seconds(of: identity) {
            return .known(.passed(seconds: seconds, isKept: true))
        }
        return .toRun(
            Trial(image: image, files: files, identity: identity, seconds: durations[image.name] ?? .infinity))
    }

    private func run(_ trial: Trial) async throws -> RecipeTestResult {
        let image = trial.image
        let step = display?.begin(image.name)
        func end(_ outcome: StepDisplay.Outcome) { if let step { display?.end(step, outcome) } }
        func fail(_ text: String) -> RecipeTestResult {
            end(.failed(textLines(text).last.map(String.init) ?? ""))
            return result(of: image, .failed(text))
        }
        let clock = ContinuousClock()
        let start = clock.now
        do {
            let failure = try await RecipeTestRun(
                engine: engine, image: image, files: trial.files,
                images: RecipeTestBasis.variables(of: trial.files, in: selection.plan), catalog: catalog
            ).run()
            if let failure { return fail(failure) }
        } catch let error as CancellationError {
            end(.stopped)
            throw error
        } catch {
            return fail("\(error)")
        }
        let seconds = (clock.now - start).seconds
        end(.done())
        // A result that cannot be kept costs no more than another run.
        try? durations.note(image.name, seconds: seconds)
        if let identity = trial.identity { try? passed.keep(identity, name: image.name, seconds: seconds) }
        return result(of: image, .passed(seconds: seconds, isKept: false))
    }

    private func result(of image: PlannedImage, _ outcome: RecipeTestResult.Outcome) -> RecipeTestResult {
        RecipeTestResult(recipe: image.name, reference: "\(image.reference)", outcome: outcome)
    }
}
