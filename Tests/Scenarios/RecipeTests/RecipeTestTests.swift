import System
import Testing

/// What `minke test NAME` says of a recipe: that its image is good, and that a broken one is not.
@Suite(.timeLimit(.minutes(60)))
struct RecipeTestTests {
    private static let catalog = "\(Places.repository)/catalog"

    /// The recipes that have a test.
    static func recipes() throws -> [String] {
        try Files.names(in: "\(catalog)/recipes").filter { Files.exists("\(catalog)/recipes/\($0)/test/run") }
    }

    @Test func everyRecipeHasABrokenImage() throws {
        let recipes = try Self.recipes()
        #expect(!recipes.isEmpty)
        let broken = Set(Mutant.all.map(\.recipe))
        #expect(recipes.filter { !broken.contains($0) } == [], "add a row to Mutant.all")
        #expect(broken.filter { !recipes.contains($0) } == [], "these have no test/run")
    }

    @Test(arguments: try Self.recipes()) func passesWithTheRecipesImage(recipe: String) async throws {
        try await Scenario.run("recipe-\(recipe)-sound", recipes: .project, services: "services: {}") { scenario in
            try await scenario.build([])
            let run = try await scenario.minke("test", recipe, "--catalog", Self.catalog)
            try #require(run.output.hasPrefix("passed \(recipe) ("), "\(run.output)")
        }
    }

    @Test(arguments: Mutant.all) func failsWithABrokenImage(mutant: Mutant) async throws {
        let name = "recipe-\(mutant.recipe)-\(mutant.number)-broken"
        try await Scenario.run(name, recipes: .project, services: "services: {}") { scenario in
            try await scenario.build([])
            scenario.step(mutant.what)
            try await mutant.make(in: scenario)
            let run = try await scenario.minke("test", mutant.recipe, "--catalog", Self.catalog, expecting: 1)
            try #require(run.output.hasPrefix("failed \(mutant.recipe)\n"), "\(run.output)")
            try #require(run.output.contains(mutant.complaint), "\(run.output)")
            try #require(run.output.hasSuffix("static checks found nothing"), "\(run.output)")
        }
    }
}
