import System
import Testing

@testable import Recipes

/// The repository's own catalogue.
@Suite struct RealCatalogTests {
    static let folder = Files.folder(of: Files.folder(of: Files.folder(of: #filePath))) + "/catalog"

    @Test func loads() throws {
        let catalog = try Catalog.load(folder: Self.folder)
        #expect(catalog.recipes["root"]?.image.parent == nil)
        #expect(catalog.defaultRelease?.name == "epoxy")
    }

    @Test func lintFindsNothing() async throws {
        let findings = try await Lint.findings(catalog: Self.folder)
        #expect(findings.map(\.description) == [])
    }

    @Test func everyRecipeHasATest() throws {
        let recipes = try Files.names(in: "\(Self.folder)/recipes")
        #expect(!recipes.isEmpty)
        #expect(recipes.filter { !Files.exists("\(Self.folder)/recipes/\($0)/test/run") } == [])
    }

    @Test func pagesOfTheDocumentationAreThoseOfTheRecipes() throws {
        let folder = Files.folder(of: Self.folder) + "/docs/recipes"
        let pages = try Catalog.load(folder: Self.folder).pages()
        let written = try Files.names(in: folder)
        #expect(Set(written) == Set(pages.keys), "make docs, and remove pages of recipes that are gone")
        let stale = try written.filter { try pages[$0] != nil && Files.readText("\(folder)/\($0)") != pages[$0] }
        #expect(stale == [], "make docs")
    }
}
