import Model
import System

/// Static checks of a catalogue, beyond those that loading makes.
public enum Lint {
    /// Every rule, shellcheck among them.
    static let rules =
        TestRules.all + RecipeRules.all + DockerfileRules.all + ImageRules.all + PortRules.all + FileRules.all
        + SecretRules.all + TemplateRules.all + ScriptRules.all + [ShellCheck.rule]

    /// Runs the rules on all recipes of a catalogue, or on some; the findings are sorted by recipe and place.
    ///
    /// - Parameter parallel: the number of shellcheck's processes at the same time.
    /// - Throws: `Problems` where the catalogue cannot be loaded or shellcheck is not installed.
    public static func findings(
        catalog folder: String, recipes wanted: [String]? = nil, parallel: Int = 2
    ) async throws -> [Finding] {
        let source = try CatalogSource(folder: folder)
        if let unknown = wanted?.first(where: { !source.recipes.contains($0) }) {
            throw Problems(
                "there is no recipe \(unknown)",
                remedy: Remedy.nearest(to: unknown, among: source.recipes, what: "recipe"))
        }
        let documents = try CatalogLoading(source: source, wanted: nil).checkedDocuments()
        let recipes = try linted(documents, optionLists: try source.options.names()) {
            try LintFiles.read(folder: "\(source.folder)/recipes/\($0)")
        }
        .filter { wanted?.contains($0.name) ?? true }
        let scripts = recipes.flatMap { recipe in
            recipe.scripts.map { (recipe: recipe.name, path: $0.place.file) }
        }
        let shell = try await ShellCheck.findings(in: scripts, catalog: source.folder, parallel: parallel)
        return sorted(findings(in: recipes) + shell)
    }

    /// Runs the rules that need no external program.
    static func findings(in recipes: [LintedRecipe]) -> [Finding] {
        recipes.flatMap { recipe in
            rules.flatMap { rule in
                var findings: [Finding] = []
                withoutActuallyEscaping(
                    { (place: Place?, message: String, remedy: String?) in
                        findings.append(
                            Finding(
                                recipe: recipe.name, rule: rule.name,
                                problem: Problem(at: place, message, remedy: remedy)))
                    },
                    do: { rule.check(recipe, $0) })
                return findings
            }
        }
    }

    /// Combines the recipes with their files and parents.
    static func linted(
        _ documents: [RecipeDocument], optionLists: Set<String>,
        files: (String) throws -> (texts: [LintedFile], paths: [String])
    ) rethrows -> [LintedRecipe] {
        var groups: [String: [String]] = [:]
        for document in documents {
            for (key, value) in document.recipe?.image.groups ?? [:] { groups[key, default: []].append(value) }
        }
        var linted: [String: LintedRecipe] = [:]
        let byName = Dictionary(documents.map { ($0.name, $0) }) { first, _ in first }
        func lint(_ document: RecipeDocument) throws -> LintedRecipe {
            if let done = linted[document.name] { return done }
            let parent = try document.recipe?.image.parent.flatMap { byName[$0] }.map(lint)
            let (texts, paths) = try files(document.name)
            let recipe = LintedRecipe(
                document: document, files: texts, paths: paths, parent: parent, groups: groups,
                optionLists: optionLists)
            linted[document.name] = recipe
            return recipe
        }
        return try documents.map(lint)
    }

    static func sorted(_ findings: [Finding]) -> [Finding] {
        findings.sorted { left, right in
            if left.recipe != right.recipe { return left.recipe < right.recipe }
            return Problem.isBefore(left.problem, right.problem)
                ?? ((left.rule, left.problem.message) < (right.rule, right.problem.message))
        }
    }
}

/// A reader of a recipe's folder for lint rules.
enum LintFiles {
    /// The size in bytes of the largest file that is read.
    private static let sizeLimit = 1 << 20

    /// Reads the text files of a folder up to the size limit, and lists the paths of all its files.
    static func read(folder: String) throws -> (texts: [LintedFile], paths: [String]) {
        var texts: [LintedFile] = []
        var paths: [String] = []
        for entry in try Files.tree(folder) where entry.status.kind == .file || entry.status.kind == .link {
            paths.append(entry.path)
            guard entry.status.kind == .file, entry.status.size <= sizeLimit else { continue }
            let bytes = try Files.read("\(folder)/\(entry.path)")
            guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else { continue }
            texts.append(
                LintedFile(
                    path: entry.path, text: text, isExecutable: entry.status.mode & 0o111 != 0,
                    place: Place(file: "\(folder)/\(entry.path)", line: 1, column: 1)))
        }
        return (texts, paths)
    }
}
