import Building
import Cryptography
import DockerEngine
import Recipes
import System
import Testing

/// The images that the tests of recipes' tests share, and the identities of their trials.
struct RecipeTrials: Sendable {
    static let catalog = "\(Places.repository)/catalog"

    let plan: ImagePlan
    private let basis: RecipeTestBasis
    /// The hash of the source that runs recipes' tests.
    private let runner: String
    private let trier: String

    /// The shared instance, available once the project's images are built.
    static let ready = Task { () -> RecipeTrials in
        _ = try await Scenario.projectImages.value
        return try await RecipeTrials(Engine(try EngineAddress(Scenario.engineAddress)))
    }

    private init(_ engine: Engine) async throws {
        let catalog = try Catalog.load(folder: Self.catalog)
        let release = try #require(catalog.defaultRelease)
        plan = try ImagePlan(catalog: catalog, settings: ImageSettings(release: release.name))
        basis = try await RecipeTestBasis(engine)
        func hash(_ paths: [String]) throws -> String {
            SHA256.hex(of: try paths.flatMap { try Files.read("\(Places.repository)/\($0)") })
        }
        runner = try hash(["Sources/Commands/Images/RecipeTestRun.swift"])
        trier = try hash(["RecipeTestTests", "Mutant"].map { "Tests/Scenarios/RecipeTests/\($0).swift" })
    }

    func image(_ recipe: String) throws -> PlannedImage { try #require(plan[recipe], "no image of \(recipe)") }

    static func files(_ recipe: String) throws -> RecipeTestFiles {
        try RecipeTestFiles(recipe: "\(catalog)/recipes/\(recipe)", name: recipe, catalog: catalog)
    }

    /// The images that a recipe's test uses: its own, and those that the test names.
    func imagesUsed(by recipe: String) throws -> [PlannedImage] {
        let names = Set(RecipeTestBasis.variables(of: try Self.files(recipe), in: plan).values)
        return plan.images.filter { $0.name == recipe || names.contains("\($0.reference)") }
    }

    /// The hash of everything that the result of a recipe's test depends on; for a mutant, of everything that its trial
    /// depends on.
    func identity(of recipe: String, mutant: Mutant? = nil) throws -> String {
        let more = mutant.map { [$0.image.dockerfile, $0.image.told, trier] } ?? []
        return try #require(
            basis.identity(
                of: try image(recipe), in: plan, files: try Self.files(recipe), runner: runner, more: more),
            "the image of \(recipe) is not there")
    }

}
