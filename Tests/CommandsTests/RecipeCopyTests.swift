import Model
import System
import TestTools
import Testing

@testable import Commands

/// Recipes that begin as copies of others.
@Suite struct RecipeCopyTests {
    /// A catalogue with services, of which others are to be copied, and with an image of which one is made.
    private func withCatalog(_ body: (String) throws -> Void) async throws {
        try await Files.withTemporaryDirectory(prefix: "recipe-copy") { folder in
            let files = [
                "releases/epoxy.yaml": "summary: Epoxy\ndefault: true\ndebian: trixie\n",
                "recipes/root/recipe.yaml": "summary: the root\nimage: {root: {variant: minbase}}\n",
                "recipes/shop-api/recipe.yaml": """
                summary: the shop
                image: {parent: root}
                service:
                  user: {name: shop, id: 42430}
                  command: [shop-api, --own=shop_api, shops]

                """,
                "recipes/shop-api/shop-api.wsgi": "import shop\n",
                "recipes/shop-api/Dockerfile": "RUN minke-user shop 42430 /var/lib/shop # 424300\n",
                "recipes/shop-api/test/run": "#!/bin/bash\nmisses shop-api.conf\n",
                "recipes/mall/recipe.yaml": "summary: the mall\nimage: {parent: root}\n",
                "recipes/mall/Dockerfile": "RUN minke-user mall 42450 /var/lib/mall\n",
                "recipes/mall-api/recipe.yaml":
                    "summary: its API\nimage: {parent: mall}\nservice: {user: {name: mall, id: 42450}, command: [mall]}\n",
            ]
            for (path, text) in files {
                try Files.makeDirectory(Files.folder(of: "\(folder)/\(path)"))
                try Files.write(text, to: "\(folder)/\(path)", mode: path.hasSuffix("/run") ? 0o755 : 0o644)
            }
            try body(folder)
        }
    }

    @Test func hasTheNewNamesAndAUserOfItsOwn() async throws {
        try await withCatalog { catalog in
            let copy = try RecipeCopy(
                catalog: catalog, original: "shop-api", name: "mart-api", renames: [("shop", "mart")])
            #expect(try copy.make() == ["Dockerfile", "mart-api.wsgi", "recipe.yaml", "test/run"])
            #expect(
                try Files.readText("\(catalog)/recipes/mart-api/Dockerfile")
                    == "RUN minke-user mart 42460 /var/lib/mart # 424300\n")
            let recipe = try Files.readText("\(catalog)/recipes/mart-api/recipe.yaml")
            #expect(recipe.contains("user: {name: mart, id: 42460}"))
            #expect(recipe.contains("command: [mart-api, --own=mart_api, shops]"))
            #expect(try Files.readText("\(catalog)/recipes/mart-api/mart-api.wsgi") == "import mart\n")
            #expect(try Files.status(of: "\(catalog)/recipes/mart-api/test/run").mode & 0o777 == 0o755)
        }
    }

    @Test func aFamilyHasOneUser() async throws {
        try await withCatalog { catalog in
            _ = try RecipeCopy(catalog: catalog, original: "mall", name: "arcade", renames: []).make()
            #expect(
                try Files.readText("\(catalog)/recipes/arcade/Dockerfile")
                    == "RUN minke-user arcade 42460 /var/lib/arcade\n")
            let renames = [("mall", "arcade")]
            _ = try RecipeCopy(catalog: catalog, original: "mall-api", name: "arcade-api", renames: renames).make()
            let recipe = try Files.readText("\(catalog)/recipes/arcade-api/recipe.yaml")
            #expect(recipe.contains("{parent: arcade}"))
            #expect(recipe.contains("user: {name: arcade, id: 42460}"))
        }
    }

    @Test func theRecipesOwnNameCanBecomeAnotherWord() async throws {
        try await withCatalog { catalog in
            let copy = try RecipeCopy(
                catalog: catalog, original: "shop-api", name: "mart-api", renames: [("shop-api", "mart")])
            _ = try copy.make()
            #expect(try Files.readText("\(catalog)/recipes/mart-api/recipe.yaml").contains("command: [mart, "))
        }
    }

    @Test func aUserOfTheSameNameKeepsItsId() async throws {
        try await withCatalog { catalog in
            let copy = try RecipeCopy(catalog: catalog, original: "shop-api", name: "shop-web", renames: [])
            _ = try copy.make()
            let recipe = try Files.readText("\(catalog)/recipes/shop-web/recipe.yaml")
            #expect(recipe.contains("user: {name: shop, id: 42430}"))
            #expect(recipe.contains("--own=shop_web"))
        }
    }

    @Test(arguments: [
        ("shop-ap", "mart", "there is no recipe shop-ap; did you mean shop-api?"),
        ("shop-api", "Mart", "\"Mart\" is no name for a recipe; small letters, digits and hyphens, 63 at most"),
        ("shop-api", "root", "there is a recipe root: "),
    ])
    func refuses(original: String, name: String, told: String) async throws {
        try await withCatalog { catalog in
            let error = thrown(Problems.self) {
                try RecipeCopy(catalog: catalog, original: original, name: name, renames: [])
            }
            #expect("\(error.map(String.init(describing:)) ?? "")".hasPrefix(told))
        }
    }
}
