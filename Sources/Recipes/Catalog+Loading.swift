import Documents
import Model
import System

extension Catalog {
    /// Loads a catalogue's folder: `releases/*.yaml`, and `recipes/NAME` with recipe.yaml and templates/. Files of
    /// `options/` are read on demand.
    ///
    /// With `recipes`, only these are read, with those that they are built on or require. If one does not exist or has
    /// no service, the whole catalogue is read, so that messages can suggest the nearest name.
    ///
    /// - Throws: `Problems` with everything that is wrong with the files read, or where one cannot be read.
    public static func load(folder: String, recipes wanted: [String]? = nil) throws -> Catalog {
        try withGivenFiles { try load(CatalogSource(folder: folder), wanted) }
    }

    /// Loads a catalogue from the texts of its files, by their paths below the folder.
    static func parse(files: [String: String], folder: String, recipes wanted: [String]? = nil) throws -> Catalog {
        try load(CatalogSource(files: files, folder: folder), wanted)
    }

    private static func load(_ source: CatalogSource, _ wanted: [String]?) throws -> Catalog {
        let catalog = try CatalogLoading(source: source, wanted: wanted).catalog()
        let isAllUsed = (wanted ?? []).allSatisfy { catalog.recipes[$0].map { $0.service != nil } ?? true }
        return isAllUsed ? catalog : try CatalogLoading(source: source, wanted: nil).catalog()
    }
}

/// A loader of all or some recipes of a catalogue.
struct CatalogLoading {
    private let source: CatalogSource
    /// The names of the wanted recipes; nil for all.
    private let wanted: [String]?
    private let retired: [String: String]
    private let problems = ProblemList()
    private let folders: RecipeFolders
    private let extensions: RecipeExtensions

    init(source: CatalogSource, wanted: [String]?) {
        self.source = source
        folders = RecipeFolders(source: source, problems: problems)
        extensions = RecipeExtensions(problems: problems)
        retired = Self.retired(source, problems)
        let known = Set(source.recipes).union(retired.keys)
        self.wanted = wanted.flatMap { names in names.allSatisfy(known.contains) ? names : nil }
    }

    private static func retired(_ source: CatalogSource, _ problems: ProblemList) -> [String: String] {
        guard let file = source.retired, let node = file.parsed(problems) else { return [:] }
        let texts = NodeReader<String>.filled
        let named = NodeReader<[(key: String, value: String)]>.entries(of: texts)
            .read(node, ReadingContext(problems: problems, record: nil))
        for (name, _) in named ?? [] where source.recipes.contains(name) {
            problems.add(at: node[name]?.place, "\(name) is retired, but a recipe of that name exists")
        }
        return Dictionary((named ?? []).map { ($0.key, $0.value) }) { first, _ in first }
    }

    func catalog() throws -> Catalog {
        let releases = releases()
        let documents = try checkedDocuments(releases)
        let recipes = documents.compactMap(\.recipe).map { ($0.name, $0) }
        return Catalog(
            folder: source.folder, recipes: Dictionary(recipes) { first, _ in first }, releases: releases,
            retired: retired, options: source.options)
    }

    /// The recipes with their documents.
    ///
    /// - Throws: `Problems` with everything that is wrong with them and the releases.
    func checkedDocuments() throws -> [RecipeDocument] { try checkedDocuments(releases()) }

    private func checkedDocuments(_ releases: [String: Release]) throws -> [RecipeDocument] {
        func check(_ documents: [RecipeDocument]) {
            CatalogCheck(
                documents: documents, recipes: source.recipes, isWhole: wanted == nil, releases: releases,
                releaseNames: source.releases.keys.sorted(), problems: problems
            ).run()
        }
        if let wanted { try addExtensions(of: wanted) }
        let documents = try documents()
        check(documents)
        // Pages and lint read recipes without extensions; the extended recipes have to be valid as well.
        if wanted == nil {
            try addExtensions(of: source.recipes)
            if !extensions.isEmpty { check(try self.documents()) }
        }
        try problems.check()
        return documents
    }

    /// Collects the keys that recipes add to others (`extends:`).
    private func addExtensions(of recipes: [String]) throws {
        for name in Set(recipes).intersection(source.recipes) {
            guard let node = try folders.folder(name).node else { continue }
            extensions.add(node, of: name, recipes: source.recipes)
        }
    }

    /// Reads the wanted recipes and those that they are built on or require, sorted by name.
    private func documents() throws -> [RecipeDocument] {
        let known = Set(source.recipes)
        var queue = wanted ?? source.recipes
        var seen: Set<String> = []
        var documents: [RecipeDocument] = []
        while let name = queue.popLast() {
            guard known.contains(name), seen.insert(name).inserted, let document = try document(name) else { continue }
            documents.append(document)
            queue += document.node["image"]?["parent"]?.scalar.map { [$0.text] } ?? []
            queue += document.names.requires.map(\.service)
        }
        return documents.sorted { $0.name < $1.name }
    }

    private func document(_ name: String) throws -> RecipeDocument? {
        let folder = "\(source.folder)/recipes/\(name)"
        let read = try folders.folder(name)
        guard let file = read.files["recipe.yaml"] else {
            problems.add(
                at: Place(file: "\(folder)/recipe.yaml", line: 1, column: 1), "recipe \(name) has no recipe.yaml")
            return nil
        }
        checkName(name, of: "recipe", file)
        guard let alone = read.node else { return nil }
        let node = extensions.extended(alone, name)
        var templates: [String: CatalogFile] = [:]
        for (path, file) in read.files where path.hasPrefix("templates/") {
            templates[String(path.dropFirst("templates/".count))] = file
        }
        let reading = RecipeReading(name: name, folder: folder, templateFiles: templates, problems: problems)
        let recipe = reading.read(node)
        return RecipeDocument(
            name: name, node: node, names: RecipeNames(node), recipe: recipe, templates: reading.templates,
            templateFiles: templates, namedFiles: reading.namedFiles)
    }

    private func releases() -> [String: Release] {
        var releases: [String: Release] = [:]
        var standard: String?
        for (name, file) in source.releases.sorted(by: { $0.key < $1.key }) {
            guard let node = file.parsed(problems) else { continue }
            checkName(name, of: "release", file)
            guard let release = ReleaseReading.read(node, name: name, problems: problems) else { continue }
            releases[name] = release
            if release.isDefault, let other = standard {
                problems.add(
                    at: node["default"]?.place, "releases \(other) and \(name) are both the default",
                    remedy: "mark one of them")
            }
            if release.isDefault { standard = name }
        }
        return releases
    }

    private func checkName(_ name: String, of what: String, _ file: CatalogFile) {
        if Names.isLabel(name) { return }
        problems.add(
            at: Place(file: file.path, line: 1, column: 1),
            "the \(what) is called \"\(name)\", expected \(Names.labelForm)")
    }
}
