import Documents
import Model

/// The folders of a catalogue's recipes, each read once.
final class RecipeFolders {
    /// A recipe's folder.
    struct Folder {
        /// The files, by their paths in the folder.
        let files: [String: CatalogFile]
        /// The document with its fragments expanded; nil where it is missing or cannot be read.
        let node: YAMLNode?
    }

    private let source: CatalogSource
    private let problems: ProblemList
    private let expansion: FragmentExpansion
    private var read: [String: Folder] = [:]

    init(source: CatalogSource, problems: ProblemList) {
        self.source = source
        self.problems = problems
        expansion = FragmentExpansion(source: source, problems: problems)
    }

    func folder(_ name: String) throws -> Folder {
        if let known = read[name] { return known }
        let files = try source.files(name)
        let node = try files["recipe.yaml"]?.parsed(problems).map(expansion.expanded)
        let folder = Folder(files: files, node: node)
        read[name] = folder
        return folder
    }
}
