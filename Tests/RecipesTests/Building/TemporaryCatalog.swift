import Model
import Recipes
import System

/// A small catalogue in a temporary folder: the root recipe, and those that a test adds.
struct TemporaryCatalog {
    let folder: String

    static func with(_ body: (TemporaryCatalog) async throws -> Void) async throws {
        try await Files.withTemporaryDirectory { folder in
            let catalog = TemporaryCatalog(folder: folder)
            // The value makes the images' identities unique, since tests share an engine.
            try catalog.write(
                "releases/small.yaml",
                "summary: a small release\ndebian: trixie\ndefault: true\nvalues: {unique: \(folder)}\n")
            try catalog.write(
                "recipes/root/recipe.yaml", "summary: the root\nimage: {root: {variant: apt, packages: [passwd]}}\n")
            try await body(catalog)
        }
    }

    func write(_ path: String, _ text: String, mode: UInt32 = 0o644) throws {
        try Files.makeDirectory(Files.folder(of: "\(folder)/\(path)"))
        try Files.write(text, to: "\(folder)/\(path)", mode: mode)
    }

    func addRecipe(_ name: String, on parent: String = "root", image: String = "", _ dockerfile: String) throws {
        try write("recipes/\(name)/recipe.yaml", "summary: the \(name)\nimage:\n  parent: \(parent)\n\(image)")
        try write("recipes/\(name)/Dockerfile", "ARG PARENT\nFROM ${PARENT}\n\(dockerfile)")
    }

    func load() throws -> Catalog { try Catalog.load(folder: folder) }
}
