import Model
import Recipes
import System

/// The files of a root image that come from no package: the recipe's, and the configuration of dpkg and apt.
struct RootTree {
    static let dpkgFile = "etc/dpkg/dpkg.cfg.d/90minke"
    static let aptFile = "etc/apt/apt.conf.d/90minke"

    let entries: [TarEntry]

    init(_ recipe: Recipe, _ root: RootRecipe, sources: [String]) throws {
        var entries: [TarEntry] = []
        if let files = root.files { entries = try RecipeContent(files, of: recipe).entries }
        if !root.dpkg.isEmpty { entries.append(.text(Self.dpkgFile, Self.lines(root.dpkg))) }
        if !root.apt.isEmpty { entries.append(.text(Self.aptFile, Self.aptLines(root.apt))) }
        entries.append(.text("etc/apt/sources.list", Self.lines(sources)))
        self.entries = entries
    }

    static func lines(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }

    /// Lines for apt's configuration, each with the semicolon at its end that recipes may leave out.
    static func aptLines(_ lines: [String]) -> String {
        self.lines(lines.map { $0.hasSuffix(";") || $0.hasSuffix("}") ? $0 : $0 + ";" })
    }
}
