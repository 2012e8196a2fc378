import Model
import Recipes
import System

/// The files of a recipe's folder that its image is built from, in a form that is the same in every checkout.
struct RecipeContent: Sendable, Hashable {
    /// The entries of a recipe's folder that are not part of the image.
    static let excluded: Set<String> = ["recipe.yaml", "templates", "test", "README.md"]

    /// The files, sorted by path, owned by root, without times, with mode 0755 or 0644.
    let entries: [TarEntry]

    /// Lists the files of a recipe's folder, without hidden ones and those that are not part of the image.
    init(folder: String) throws {
        let entries = try TarEntry.tree(folder) { path in
            !Self.excluded.contains(path) && !Files.name(of: path).hasPrefix(".")
        }
        self.entries = entries.map { Self.normalized($0) }
    }

    /// Lists the files of one folder in a recipe's folder, with paths relative to it.
    init(_ folder: String, of recipe: Recipe) throws {
        entries = try TarEntry.tree("\(recipe.folder)/\(folder)").map { Self.normalized($0) }
    }

    /// The entry with a fixed mode: checkouts differ in the permission bits that the umask clears.
    private static func normalized(_ entry: TarEntry) -> TarEntry {
        var entry = entry
        switch entry.kind {
        case .directory: entry.mode = 0o755
        case .link: entry.mode = 0o777
        case .file, .hardLink: entry.mode = entry.mode & 0o111 == 0 ? 0o644 : 0o755
        }
        return entry
    }
}
