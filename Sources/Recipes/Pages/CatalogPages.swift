import Model

extension Catalog {
    /// The pages of all recipes by their file names, with README.md, which lists them, and configuration.md.
    public func pages() -> [String: String] {
        var pages: [String: String] = [:]
        for recipe in recipes.values { pages["\(recipe.name).md"] = recipe.page(in: self) }
        pages["README.md"] = overviewPage
        pages["configuration.md"] = configurationPage
        return pages
    }

    /// A page in Markdown that lists all recipes.
    var overviewPage: String {
        let sorted = recipes.values.sorted { $0.name < $1.name }
        func rows(_ recipes: [Recipe]) -> [[String]] {
            recipes.map { ["[\($0.name)](\($0.name).md)", $0.summary] }
        }
        return "# Recipes\n"
            + Markdown.section(
                "Services", Markdown.table(["Service", "What it is"], rows(sorted.filter { $0.service != nil })))
            + Markdown.section(
                "Images without a service",
                Markdown.table(["Image", "What it is"], rows(sorted.filter { $0.service == nil })))
    }

    /// A page in Markdown with the settings and secrets of all recipes; see `configurationKeys`.
    var configurationPage: String {
        let keys = configurationKeys()
        let settings = keys.filter { !$0.isSecret }.map { key in
            [
                Markdown.code(key.name), key.type, key.standard.map { Markdown.code($0) } ?? "", key.help,
                key.means ?? "nothing", key.readers.joined(separator: "; "),
            ]
        }
        let secrets = keys.filter(\.isSecret).map { key in
            [Markdown.code(key.name), key.type, key.means ?? "nothing", key.readers.joined(separator: "; ")]
        }
        return "# Configuration\n"
            + Markdown.section(
                "Settings",
                Markdown.table(["Setting", "Type", "Default", "What it is", "A change means", "Read by"], settings))
            + Markdown.section(
                "Secrets",
                "Generated where an environment gives none.\n\n"
                    + Markdown.table(["Secret", "Kind", "A change means", "Read by"], secrets))
    }
}

extension Lint {
    /// A page in Markdown that lists the rules.
    public static var page: String {
        "# Lint rules\n\nWhat `minke test` asks of every recipe before anything is built or run.\n\n"
            + Markdown.table(["Rule", "What it asks for"], rules.map { [Markdown.code($0.name), $0.summary] })
    }
}
