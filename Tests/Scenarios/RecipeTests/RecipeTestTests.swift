import System
import Testing

/// What `minke test NAME` says of a recipe: that its image is good, and that a broken one is not.
@Suite struct RecipeTestTests {
    /// The recipes that have a test.
    static let recipes: [String] = {
        let folder = "\(RecipeTrials.catalog)/recipes"
        return ((try? Files.names(in: folder)) ?? []).filter { Files.exists("\(folder)/\($0)/test/run") }
    }()

    /// Only these recipes are tried, where MINKE_TEST_RECIPES names some, apart by blanks; see scripts/run-tests.
    private static let wanted = environmentVariable("MINKE_TEST_RECIPES").map {
        Set($0.split(separator: " ").map(String.init))
    }
    private static func isWanted(_ recipe: String) -> Bool { wanted?.contains(recipe) ?? true }

    @Test func everyRecipeHasABrokenImage() throws {
        #expect(!Self.recipes.isEmpty)
        let broken = Set(Mutant.all.map(\.recipe))
        #expect(Self.recipes.filter { !broken.contains($0) } == [], "write test/broken.yaml")
        #expect(broken.filter { !Self.recipes.contains($0) } == [], "these have no test/run")
    }

    @Test(arguments: recipes.filter(isWanted)) func passesWithTheRecipesImage(recipe: String) async throws {
        let trials = try await RecipeTrials.ready.value
        let name = "recipe-\(recipe)-sound"
        try await KeptResults.shared.once(name, try trials.identity(of: recipe)) {
            try await Scenario.runAnyhow(name) { scenario in
                try scenario.declare("services: {}")
                // RealCatalogTests has the static checks of all recipes.
                let run = try await scenario.minke(
                    "test", recipe, "--no-cache", "--no-static", "--catalog", RecipeTrials.catalog, "--prefix",
                    trials.plan.settings.prefix)
                try #require(run.output.hasPrefix("passed \(recipe) ("), "\(run.output)")
                try #require(run.errors.contains("begun \(recipe)\ndone \(recipe) ("), "\(run.errors)")
            }
        }
    }

    /// Whether all broken images are tried.
    private static let triesAllBroken = environmentVariable("MINKE_TEST_BROKEN") == "all"

    /// The recipes whose tests use no other recipe's image. Of these, `make test` tries the first broken image: those of
    /// the others take as long as the services that they need.
    private static let needsNothing = Set(
        recipes.filter { (try? RecipeTrials.files($0).images.isEmpty) == true })
    private static func isQuick(_ mutant: Mutant) -> Bool { mutant.number == 0 && needsNothing.contains(mutant.recipe) }

    /// Whether a broken image is tried by the first of the two tests, which always has some.
    private static func isFirst(_ mutant: Mutant) -> Bool { wanted != nil || isQuick(mutant) }

    // Swift 6.0's compiler crashes on a closure in a macro's argument.
    private static let mutants = Mutant.all.filter { isWanted($0.recipe) && isFirst($0) }
    private static let otherMutants = Mutant.all.filter { isWanted($0.recipe) && !isFirst($0) }

    @Test(arguments: mutants) func failsWithABrokenImage(mutant: Mutant) async throws {
        try await requireFailure(with: mutant)
    }

    @Test(
        .enabled(
            if: triesAllBroken,
            "all broken images but the first of each recipe whose test needs no other: `make test-full`"),
        arguments: otherMutants
    )
    func failsWithAnotherBrokenImage(mutant: Mutant) async throws { try await requireFailure(with: mutant) }

    private func requireFailure(with mutant: Mutant) async throws {
        let trials = try await RecipeTrials.ready.value
        let name = "recipe-\(mutant.recipe)-\(mutant.number)-broken"
        try await KeptResults.shared.once(name, try trials.identity(of: mutant.recipe, mutant: mutant)) {
            try await Scenario.runAnyhow(name) { scenario in
                try scenario.declare("services: {}")
                scenario.step(mutant.image.bug)
                try await mutant.make(in: scenario, among: try trials.imagesUsed(by: mutant.recipe))
                let run = try await scenario.minke(
                    "test", mutant.recipe, "--no-cache", "--no-static", "--catalog", RecipeTrials.catalog,
                    expecting: 1)
                try #require(run.output.hasPrefix("failed \(mutant.recipe)\n"), "\(run.output)")
                try #require(run.output.contains(mutant.image.told), "\(run.output)")
                try #require(
                    run.errors.contains("begun \(mutant.recipe)\nfailed \(mutant.recipe) ("), "\(run.errors)")
            }
        }
    }
}
