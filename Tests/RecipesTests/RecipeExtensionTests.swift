import Model
import Testing

@testable import Recipes

/// Recipes that add keys to others where an environment has both.
@Suite struct RecipeExtensionTests {
    private static let shop = """
        summary: a shop
        image: {parent: root}
        service:
          grace: 5s
          files:
            shop.conf: {ini: {store: {kind: files, path: /var/lib/shop}}}

        """
    private static let pool = """
        summary: a pool of disks
        image: {parent: root}
        extends:
          shop:
            service:
              requires: {pool: {service: pool}}
              files:
                shop.conf: {ini: {store: {kind: pool, path: }, pool: {name: shop}}}
        service: {}

        """

    private func sample(_ pool: String = pool) -> SampleCatalog {
        var sample = SampleCatalog()
        sample.files["recipes/shop/recipe.yaml"] = Self.shop
        sample.files["recipes/pool/recipe.yaml"] = pool
        return sample
    }

    private func keys(_ catalog: Catalog) throws -> [String] {
        let file = try #require(catalog.recipes["shop"]?.service?.files.first)
        return file.sections.flatMap { section in
            section.keys.map { "\(section.name).\($0.name)=\($0.values.map(\.template.text).joined())" }
        }.sorted()
    }

    @Test func countsWhereBothAreThere() throws {
        let both = try Catalog.parse(files: sample().files, folder: "c", recipes: ["shop", "pool"])
        #expect(try keys(both) == ["pool.name=shop", "store.kind=pool"])
        #expect(both.recipes["shop"]?.service?.requires.map(\.service) == ["pool"])
        #expect(both.recipes["shop"]?.service?.grace == .seconds(5))
        let alone = try Catalog.parse(files: sample().files, folder: "c", recipes: ["shop"])
        #expect(try keys(alone) == ["store.kind=files", "store.path=/var/lib/shop"])
        #expect(alone.recipes["shop"]?.service?.requires.isEmpty == true)
    }

    @Test(arguments: [
        ("extends: shop\n", "extends is a string, expected a mapping of recipes to keys"),
        ("extends: {shap: {service: {}}}\n", "there is no other recipe shap; did you mean shop?"),
        (
            "extends: {shop: {image: {node: compute}}}\n",
            "extends.shop has \"image\", expected `service` alone; put what the extension needs into the extended "
                + "recipe's own image"
        ),
        (
            "extends: {shop: {service: {requires: {a: {service: nobody}}}}}\n",
            "recipe.yaml:1:52: there is no service nobody"
        ),
    ])
    func refuses(extends: String, told: String) {
        let refusal = sample(extends + "summary: a\nimage: {parent: root}\nservice: {}\n").refusal
        #expect(refusal.contains(told), "\(refusal)")
    }

    @Test func twoThatSayDifferentThingsAreRefused() {
        var sample = sample()
        sample.files["recipes/tape/recipe.yaml"] = Self.pool.replacing("kind: pool", with: "kind: tape")
        #expect(
            sample.refusal.contains(
                "tape gives shop's service.files.shop.conf.ini.store.kind another value than another recipe that "
                    + "extends it"))
    }
}
