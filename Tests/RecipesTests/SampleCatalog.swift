import Model

@testable import Recipes

/// A small valid catalogue, for tests that put one mistake into it.
struct SampleCatalog {
    var files: [String: String] = [
        "releases/epoxy.yaml": "summary: Epoxy\ndefault: true\ndebian: trixie\nvalues: {mariadb: \"11.8\"}\n",
        "releases/zed.yaml": "summary: Zed\ndebian: bookworm\n",
        "recipes/root/recipe.yaml": "summary: the root\nimage: {root: {variant: minbase}}\n",
        "recipes/mariadb/recipe.yaml": """
        summary: a database
        image: {parent: root}
        service:
          listeners:
            sql: {port: 3306, protocol: tcp}
          volumes:
            data: {path: /var/lib/mysql}
          provides:
            database:
              needs: [name, password]
              exec: [mariadb]
              input: grant.sql
              stored-in: data

        """,
        "recipes/mariadb/templates/grant.sql": "create {{ grant.name }};\n",
    ]

    /// The problems of the catalogue, one a line, or `accepted`.
    var refusal: String {
        do {
            _ = try Catalog.parse(files: files, folder: "c")
            return "accepted"
        } catch {
            return "\(error)"
        }
    }

    /// The problems of the catalogue with a further recipe `x` that has this under `service:`.
    static func refusal(ofService service: String, templates: [String: String] = [:]) -> String {
        let indented = service.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
        return refusal(
            of: "summary: a\nimage: {parent: root}\nservice:\n" + indented.joined(separator: "\n") + "\n",
            templates: templates)
    }

    /// The problems of the catalogue with a further recipe `x` of this text.
    static func refusal(of recipe: String, templates: [String: String] = [:]) -> String {
        var catalog = SampleCatalog()
        catalog.files["recipes/x/recipe.yaml"] = recipe
        for (name, text) in templates { catalog.files["recipes/x/templates/\(name)"] = text }
        return catalog.refusal.replacing("c/recipes/x/", with: "")
    }
}
