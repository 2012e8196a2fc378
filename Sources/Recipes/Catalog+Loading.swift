import Documents
import Model
import System

extension Catalog {
    /// Reads a catalogue's folder whole: `releases/*.yaml`, and `recipes/NAME` with recipe.yaml and templates/.
    ///
    /// Throws `Problems` with everything that is wrong with it, or a `SystemError` where it cannot be read.
    public static func load(folder: String) throws -> Catalog {
        var folder = folder
        while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
        for needed in ["recipes", "releases"] where !Files.isDirectory("\(folder)/\(needed)") {
            throw Problems(
                "\(folder) is not a catalogue: it has no folder \(needed)",
                remedy: "name the folder that has recipes/ and releases/")
        }
        return try parse(files: CatalogFile.read(folder: folder), folder: folder)
    }

    /// Makes a catalogue of the texts of its files, by their path below the folder.
    static func parse(files: [String: String], folder: String) throws(Problems) -> Catalog {
        let problems = ProblemList()
        var recipeFiles: [String: [String: CatalogFile]] = [:]
        var releaseFiles: [String: CatalogFile] = [:]
        for (path, text) in files {
            let parts = path.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
            let file = CatalogFile(path: "\(folder)/\(path)", text: text)
            if parts.count == 2, parts[0] == "releases", parts[1].hasSuffix(".yaml") {
                releaseFiles[String(parts[1].dropLast(5))] = file
            } else if parts.count == 3, parts[0] == "recipes" {
                recipeFiles[parts[1], default: [:]][parts[2]] = file
            }
        }
        let releases = read(releases: releaseFiles, problems)
        let documents = recipeFiles.sorted { $0.key < $1.key }.compactMap { name, files in
            read(recipe: name, folder: "\(folder)/recipes/\(name)", files: files, problems)
        }
        CatalogCheck(
            documents: documents, releases: releases, releaseNames: releaseFiles.keys.sorted(), problems: problems
        ).run()
        try problems.check()
        let recipes = documents.compactMap(\.recipe).map { ($0.name, $0) }
        return Catalog(
            folder: folder, recipes: Dictionary(recipes) { first, _ in first }, releases: releases)
    }

    private static func read(releases files: [String: CatalogFile], _ problems: ProblemList) -> [String: Release] {
        var releases: [String: Release] = [:]
        var standard: String?
        for (name, file) in files.sorted(by: { $0.key < $1.key }) {
            guard let node = parse(file, problems) else { continue }
            checkName(name, of: "release", file, problems)
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

    private static func read(
        recipe name: String, folder: String, files: [String: CatalogFile], _ problems: ProblemList
    ) -> RecipeDocument? {
        guard let file = files["recipe.yaml"] else {
            problems.add(
                at: Place(file: "\(folder)/recipe.yaml", line: 1, column: 1), "recipe \(name) has no recipe.yaml")
            return nil
        }
        checkName(name, of: "recipe", file, problems)
        guard let node = parse(file, problems) else { return nil }
        var templates: [String: CatalogFile] = [:]
        for (path, file) in files where path.hasPrefix("templates/") {
            templates[String(path.dropFirst("templates/".count))] = file
        }
        let reading = RecipeReading(name: name, folder: folder, templateFiles: templates, problems: problems)
        let recipe = reading.read(node)
        return RecipeDocument(
            name: name, node: node, names: RecipeNames(node), recipe: recipe, templates: reading.templates,
            templateFiles: templates, namedFiles: reading.namedFiles)
    }

    private static func parse(_ file: CatalogFile, _ problems: ProblemList) -> YAMLNode? {
        do throws(Problems) {
            return try YAMLNode.parse(text: file.text, file: file.path)
        } catch {
            problems.add(contentsOf: error)
            return nil
        }
    }

    private static func checkName(_ name: String, of what: String, _ file: CatalogFile, _ problems: ProblemList) {
        if Names.isLabel(name) { return }
        problems.add(
            at: Place(file: file.path, line: 1, column: 1),
            "the \(what) is called \"\(name)\", expected \(Names.labelForm)")
    }
}

extension CatalogFile {
    /// The texts of the files that a catalogue is made of, by their path below its folder.
    static func read(folder: String) throws -> [String: String] {
        var texts: [String: String] = [:]
        for name in try Files.names(in: "\(folder)/releases") where name.hasSuffix(".yaml") {
            texts["releases/\(name)"] = try Files.readText("\(folder)/releases/\(name)")
        }
        for name in try Files.names(in: "\(folder)/recipes") where !name.hasPrefix(".") {
            let recipe = "recipes/\(name)"
            guard Files.isDirectory("\(folder)/\(recipe)") else { continue }
            let document = "\(recipe)/recipe.yaml"
            if Files.exists("\(folder)/\(document)") {
                texts[document] = try Files.readText("\(folder)/\(document)")
            } else {
                // So that its absence is noticed.
                texts["\(recipe)/"] = ""
            }
            guard Files.isDirectory("\(folder)/\(recipe)/templates") else { continue }
            for entry in try Files.tree("\(folder)/\(recipe)/templates") where entry.status.kind == .file {
                let path = "\(recipe)/templates/\(entry.path)"
                texts[path] = try Files.readText("\(folder)/\(path)")
            }
        }
        return texts
    }
}
