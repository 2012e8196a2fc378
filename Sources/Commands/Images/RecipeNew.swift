import CommandLine
import Model
import Recipes
import System

extension CommandDefinition {
    static let recipe = CommandDefinition(
        "recipe", summary: "Work on the catalogue's recipes", subcommands: [.recipeNew])

    static let recipeNew = CommandDefinition(
        "new",
        summary: "Begin a recipe as a copy of another one",
        discussion: """
            Copies the folder of the recipe that is named by --like, with its test and its broken images, and puts the new \
            name in place of the old one in all of it; --rename does so for further words, such as a program's. A user of \
            another name gets an id of its own.

            The rest is the service's own, and yours to change: packages, port, options, and its test's requests. \
            docs/writing-recipes.md goes through it.
            """,
        examples: [
            ("minke recipe new shelf --like memcached", "begin a recipe as a copy of memcached's"),
            ("minke recipe new barbican-api --like heat-api --rename heat=barbican", "with its programs' names"),
        ],
        options: [
            .value("like", "RECIPE", .name(.recipes), required: true, summary: "the recipe that is copied"),
            .repeated("rename", "OLD=NEW", .assignment, summary: "another word that is replaced everywhere"),
        ],
        arguments: [.required("name", .text, summary: "the name of the new recipe")]
    ) { arguments in
        let copy = try RecipeCopy(
            catalog: try arguments.findCatalog(), original: arguments.required("like"),
            name: arguments.required("name"), renames: arguments.assignments("rename").map { ($0.name, $0.value) })
        let files = try withGivenFiles { try copy.make() }
        arguments.show(RecipeCopyReport(folder: copy.folder, files: files))
        return .done
    }
}

/// The copy of a recipe's folder under another name.
struct RecipeCopy {
    let folder: String
    private let original: String
    private let words: [(old: String, new: String)]
    /// The id of the recipe's user and the one that is put in its place; nil where the user keeps its name, and so its
    /// id: members of one family share files.
    private var ids: (old: Int, new: Int)?

    /// - Throws: `Problems` where there is no such recipe, or one of the new name already.
    init(catalog folder: String, original: String, name: String, renames: [(String, String)]) throws {
        let catalog = try Catalog.load(folder: folder)
        guard let recipe = catalog.recipes[original] else {
            throw Problems(
                "there is no recipe \(original)",
                remedy: Remedy.nearest(to: original, among: catalog.recipes.keys, what: "recipe"))
        }
        guard Catalog.isRecipeName(name) else {
            throw Problems(
                "\"\(name)\" is no name for a recipe", remedy: "small letters, digits and hyphens, 63 at most")
        }
        self.folder = "\(folder)/recipes/\(name)"
        if Files.exists(self.folder) { throw Problems("there is a recipe \(name): \(self.folder)") }
        self.original = recipe.folder
        var words = renames.contains { $0.0 == original } ? renames : [(original, name)] + renames
        words += words.map { ($0.replacing("-", with: "_"), $1.replacing("-", with: "_")) }.filter { old, _ in
            !words.contains { $0.0 == old }
        }
        // A word that contains another one is replaced first.
        self.words = words.sorted { $0.0.count > $1.0.count }.map { (old: $0.0, new: $0.1) }
        if let user = recipe.service?.user, user.id > 0, renamed(user.name) != user.name {
            let highest = catalog.recipes.values.compactMap { $0.service?.user?.id }.max() ?? user.id
            ids = (user.id, highest / 10 * 10 + 10)
        }
    }

    /// Writes the files, and returns their paths below the folder.
    func make() throws -> [String] {
        var paths: [String] = []
        for entry in try Files.tree(original) where entry.status.kind == .file {
            let path = renamed(entry.path)
            let text = withOwnUser(renamed(try Files.readText("\(original)/\(entry.path)")))
            try Files.makeDirectory(Files.folder(of: "\(folder)/\(path)"))
            try Files.write(text, to: "\(folder)/\(path)", mode: entry.status.mode & 0o777)
            paths.append(path)
        }
        return paths.sorted()
    }

    /// A text with the new words in place of the old ones, where these are whole words.
    private func renamed(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        var previous: Character?
        outer: while let first = rest.first {
            if previous.map({ !Self.isWord($0) }) ?? true {
                for (old, new) in words where rest.hasPrefix(old) {
                    let after = rest.dropFirst(old.count)
                    if let next = after.first, Self.isWord(next) { continue }
                    result += new
                    previous = old.last
                    rest = after
                    continue outer
                }
            }
            result.append(first)
            previous = first
            rest.removeFirst()
        }
        return result
    }

    private static func isWord(_ character: Character) -> Bool { character.isLetter || character.isNumber }

    /// A text with the new id in place of the old one.
    private func withOwnUser(_ text: String) -> String {
        guard let ids else { return text }
        return text.replacing(#/\d+/#) { $0.output == "\(ids.old)" ? "\(ids.new)" : String($0.output) }
    }
}

/// The result of `recipe new`.
struct RecipeCopyReport: Report {
    let folder: String
    let files: [String]

    var value: Value { ["folder": .string(folder), "files": .list(files.map(Value.string))] }

    func text(_ style: Style) -> String {
        """
        made \(folder): \(files.joined(separator: ", "))
        change its packages, port, options and test; then run `minke test --static \(Files.name(of: folder))`, \
        `minke build \(Files.name(of: folder))`, `minke test \(Files.name(of: folder))`
        """
    }
}
