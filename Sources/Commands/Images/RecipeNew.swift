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
            another name gets an id of its own, or the one that it has in another recipe.

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
    /// The ids of the recipe's users, and those that are put in their places. A user that keeps its name keeps its id,
    /// and one that another recipe has gets the id that it has there: members of one family share files.
    private var ids: [Int: Int] = [:]

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
        let known = try catalog.recipes.values.flatMap(Self.users)
        var next = (known.map(\.id).max() ?? 0) / 10 * 10 + 10
        for user in try Self.users(of: recipe) where renamed(user.name) != user.name && ids[user.id] == nil {
            let name = renamed(user.name)
            ids[user.id] = known.first { $0.name == name }?.id ?? next
            if ids[user.id] == next { next += 1 }
        }
    }

    /// The users of a recipe other than root: the service's, and those that its Dockerfile makes by `minke-user`.
    private static func users(of recipe: Recipe) throws -> [(name: String, id: Int)] {
        var users = recipe.service?.user.map { [(name: $0.name, id: $0.id)] } ?? []
        let file = "\(recipe.folder)/Dockerfile"
        if Files.exists(file) {
            for match in try Files.readText(file).matches(of: #/minke-user\s+(\S+)\s+(\d+)/#) {
                if let id = Int(match.2) { users.append((String(match.1), id)) }
            }
        }
        return users.filter { $0.id > 0 }
    }

    /// Writes the files, and returns their paths below the folder.
    func make() throws -> [String] {
        var paths: [String] = []
        for entry in try Files.tree(original) where entry.status.kind == .file {
            let path = renamed(entry.path)
            let text = withOwnUsers(renamed(try Files.readText("\(original)/\(entry.path)")))
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

    /// A text with the new ids in place of the old ones.
    private func withOwnUsers(_ text: String) -> String {
        text.replacing(#/\d+/#) { number in
            Int(number.output).flatMap { ids[$0] }.map(String.init) ?? String(number.output)
        }
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
