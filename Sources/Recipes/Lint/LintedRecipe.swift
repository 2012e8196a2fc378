import Model

/// A recipe with everything that lint rules need.
final class LintedRecipe {
    let document: RecipeDocument
    /// The text files of the recipe's folder, sorted by their path below it.
    let files: [LintedFile]
    /// The paths of all files of the folder.
    let paths: [String]
    let dockerfile: Dockerfile?
    /// The recipe that this one is built on.
    let parent: LintedRecipe?
    /// The values that all recipes together have for each key of their groups.
    let groups: [String: [String]]
    /// The names of the lists of options of all releases.
    let optionLists: Set<String>

    init(
        document: RecipeDocument, files: [LintedFile], paths: [String], parent: LintedRecipe?,
        groups: [String: [String]], optionLists: Set<String>
    ) {
        self.document = document
        self.files = files
        self.paths = paths
        self.parent = parent
        self.groups = groups
        self.optionLists = optionLists
        dockerfile = files.first { $0.path == "Dockerfile" }.map { Dockerfile(parsing: $0.text, file: $0.place.file) }
    }

    var name: String { document.name }
    var recipe: Recipe? { document.recipe }
    var service: ServiceRecipe? { document.recipe?.service }

    /// This recipe and its ancestors, the root last.
    var lineage: [LintedRecipe] { [self] + (parent?.lineage ?? []) }

    func file(_ path: String) -> LintedFile? { files.first { $0.path == path } }

    var scripts: [LintedFile] { files.filter(\.isScript) }

    /// The files of templates/.
    var templateFiles: [LintedFile] { files.filter { $0.path.hasPrefix("templates/") } }

    /// A place in recipe.yaml.
    func place(_ path: String...) -> Place { document.place(path) }
}

/// A text file of a recipe's folder.
struct LintedFile {
    /// The path below the recipe's folder.
    let path: String
    let text: String
    let isExecutable: Bool
    /// The place where the text begins.
    let place: Place

    /// The interpreter that the first line names, as `bash`; nil where it names none.
    var interpreter: String? {
        guard text.hasPrefix("#!"), let line = textLines(text).first else { return nil }
        let words = line.dropFirst(2).split(separator: " ")
        let names = words.map { $0.split(separator: "/").last.map(String.init) ?? "" }
        return names.first == "env" ? names.dropFirst().first : names.first
    }

    /// Whether the file is a script for a Bourne-like shell, or sourced by such scripts; templates do not count.
    var isScript: Bool {
        if path.hasPrefix("templates/") { return false }
        if text.hasPrefix("# shellcheck shell=") { return true }
        return path.hasSuffix(".sh") || ["sh", "bash", "dash", "ash", "ksh"].contains(interpreter ?? "")
    }

    /// The place of the byte at an offset.
    func place(ofByte offset: Int) -> Place { TextPlaces.place(of: offset, in: text, from: place) }
}

/// The conversion of byte offsets into places.
enum TextPlaces {
    /// The place of the byte at an offset of a text that begins at `start`; columns count Unicode scalars.
    static func place(of offset: Int, in text: String, from start: Place) -> Place {
        var line = 0
        var column = 0
        for (index, byte) in text.utf8.enumerated() {
            if index >= offset { break }
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 0
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        return Place(
            file: start.file, line: start.line + line, column: line == 0 ? start.column + column : column + 1)
    }
}
