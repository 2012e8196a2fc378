import Documents
import Model
import Testing

@testable import Recipes

/// Recipes that take keys from fragments.
@Suite struct FragmentTests {
    private static let api = """
        summary: an API
        parameters:
          port: the port
          path: {help: the path, default: null}
          arguments: {help: further arguments, default: []}
        service:
          grace: 40s
          command: [serve, "--port=<port>", <arguments>]
          listeners:
            api: {port: <port>, protocol: http}
          endpoints:
            api:
              listener: api
              ports: [<port>]
              path: <path>
          environment: {PORT_<port>: "{{ member.address }}"}

        """

    private func sample(_ recipe: String, _ fragments: [String: String] = ["api": api]) -> SampleCatalog {
        var sample = SampleCatalog()
        sample.files["recipes/x/recipe.yaml"] = "summary: a\nimage: {parent: root}\n" + recipe
        for (name, text) in fragments { sample.files["fragments/\(name).yaml"] = text }
        return sample
    }

    private func service(_ recipe: String, _ fragments: [String: String] = ["api": api]) throws -> ServiceRecipe {
        let catalog = try Catalog.parse(files: sample(recipe, fragments).files, folder: "c")
        return try #require(catalog.recipes["x"]?.service)
    }

    @Test func aRecipeIsAsIfItHadTheKeysItself() throws {
        let service = try service("use: [{api: {port: 80, path: /v1, arguments: [--fast, --safe]}}]\n")
        #expect(service.grace == .seconds(40))
        #expect(service.command == ["serve", "--port=80", "--fast", "--safe"])
        #expect(service.listeners.map(\.name) == ["api"])
        #expect(service.listeners.first?.port == 80)
        #expect(service.endpoints.first?.path == "/v1")
        #expect(service.environment.first?.key == "PORT_80")
    }

    @Test func aRecipeHasTheLastWord() throws {
        let service = try service(
            """
            use:
              - api: {port: 80}
            service:
              grace: 1s
              command: [other]
              environment: {PORT_80: , OTHER: a}
              listeners:
                api: {port: 81}

            """)
        #expect(service.grace == .seconds(1))
        #expect(service.command == ["other"])
        #expect(service.environment.map(\.key) == ["OTHER"])
        #expect(service.listeners.first?.port == 81)
        #expect(service.endpoints.first?.path == "")
    }

    @Test func aRecipeDecidesBetweenItsFragments() throws {
        let service = try service(
            "use: [{api: {port: 80}}, other]\nservice: {grace: 3s}\n",
            ["api": Self.api, "other": "summary: another\nservice: {grace: 5s}\n"])
        #expect(service.grace == .seconds(3))
    }

    @Test func fragmentsUseFragments() throws {
        let outer = """
            summary: an API with a grace of its own
            parameters: {where: the port}
            use: [{api: {port: <where>}}]
            service: {grace: 2s}

            """
        let service = try service("use: [{outer: {where: 90}}]\n", ["api": Self.api, "outer": outer])
        #expect(service.grace == .seconds(2))
        #expect(service.listeners.first?.port == 90)
    }

    @Test(arguments: [
        ("use: [apj]", "x/recipe.yaml:3:7: there is no fragment apj; did you mean api?"),
        ("use: api", "x/recipe.yaml:3:6: use is a string, expected a list of fragments"),
        (
            "use: [[api]]",
            "x/recipe.yaml:3:7: use has a list, expected the name of a fragment; write `NAME`, or "
                + "`NAME: {PARAMETER: VALUE}`"
        ),
        ("use: [api]", "x/recipe.yaml:3:7: fragment api lacks its parameter port; give it: the port"),
        (
            "use: [{api: {port: 80, prot: 81}}]",
            "x/recipe.yaml:3:24: fragment api has no parameter prot; did you mean port?"
        ),
        (
            "use: [{api: {port: [80]}}]",
            """
            x/recipe.yaml:3:20: port of fragment api is a list, expected a text: it is part of one
            x/recipe.yaml:3:20: service.listeners.api.port is a list, expected a port from 1 to 65535
            """
        ),
        (
            "use: [{api: {port: 99999}}]",
            "x/recipe.yaml:3:20: service.listeners.api.port is an integer 99999, expected a port from 1 to 65535"
        ),
        (
            "use: [{api: {port: 80}}, other]",
            "x/recipe.yaml:3:26: fragment other gives service.grace another value than a fragment before it; "
                + "leave one of them, or write the value in the recipe"
        ),
        ("use: [loop]", "c/fragments/loop.yaml:2:7: fragments use each other: loop, loop"),
        (
            "use: [odd]",
            """
            fragments/odd.yaml:3:1: unknown key "servise"
            fragments/odd.yaml:3:20: fragment odd has no parameter nobody
            """
        ),
        ("use: [empty]", "fragments/empty.yaml:1:1: the key \"summary\" is missing"),
        ("use: [broken]", "fragments/broken.yaml:"),
    ])
    func refuses(_ recipe: String, told: String) {
        let fragments = [
            "api": Self.api, "other": "summary: another\nservice: {grace: 5s}\n",
            "loop": "summary: a\nuse: [loop]\n",
            "odd": "summary: a\nparameters: {named: b}\nservise: {command: <nobody>}\n",
            "empty": "service: {}\n", "broken": "summary: [\n",
        ]
        let refusal = sample(recipe + "\n", fragments).refusal.replacing("c/recipes/", with: "")
        for line in told.split(separator: "\n") { #expect(refusal.contains(line), "\(refusal)") }
    }

    /// Every parameter of the catalogue's own fragments is used in the fragment.
    @Test func theCatalogsOwnHaveNoIdleParameters() throws {
        let source = try CatalogSource(folder: RealCatalogTests.folder)
        let names = try source.fragmentNames()
        #expect(names.count > 10)
        for name in names {
            let file = try #require(try source.fragment(name))
            let problems = ProblemList()
            let node = try YAMLNode.parse(text: file.text, file: file.path)
            let fragment = try #require(Fragment(node, name: name, problems: problems))
            #expect(problems.all.isEmpty)
            let body = "\(fragment.body.value)"
            for parameter in fragment.parameters {
                #expect(body.contains("<\(parameter.name)>"), "\(name): \(parameter.name)")
            }
        }
    }
}
