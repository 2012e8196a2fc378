import Documents
import Model
import System

/// A text file of a catalogue.
struct CatalogFile: Sendable {
    /// The path, as messages show it.
    let path: String
    let text: String

    /// The parsed document; nil, with a problem added, where the text is not valid YAML.
    func parsed(_ problems: ProblemList) -> YAMLNode? {
        do throws(Problems) {
            return try YAMLNode.parse(text: text, file: path)
        } catch {
            problems.add(contentsOf: error)
            return nil
        }
    }
}

/// The source of a catalogue's texts: a folder, or texts that a test gives.
struct CatalogSource {
    let folder: String
    /// The names of the folders in recipes/, sorted.
    let recipes: [String]
    /// The files of releases/ by their names without ending.
    let releases: [String: CatalogFile]
    /// The file retired.yaml; nil where there is none.
    let retired: CatalogFile?
    /// Reads the files of a recipe, by their paths below its folder: recipe.yaml where there is one, and templates/.
    let files: (_ recipe: String) throws -> [String: CatalogFile]
    /// Reads a file of fragments/ by its name without ending; returns nil where there is none.
    let fragment: (_ name: String) throws -> CatalogFile?
    /// Lists the names of the files in fragments/, without ending and sorted.
    let fragmentNames: () throws -> [String]
    /// The lists of options in the files options/RELEASE/NAME.ini.
    let options: OptionLists

    /// Opens a catalogue's folder; the files of a recipe are read on demand.
    ///
    /// - Throws: `Problems` where it is not a catalogue's.
    init(folder: String) throws {
        var folder = folder
        while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
        for needed in ["recipes", "releases"] where !Files.isDirectory("\(folder)/\(needed)") {
            throw Problems(
                "\(folder) is not a catalogue: it has no folder \(needed)",
                remedy: "name the folder that has recipes/ and releases/")
        }
        self.folder = folder
        recipes = try Files.names(in: "\(folder)/recipes").filter { [folder] name in
            !name.hasPrefix(".") && Files.isDirectory("\(folder)/recipes/\(name)")
        }
        var releases: [String: CatalogFile] = [:]
        for name in try Files.names(in: "\(folder)/releases") where name.hasSuffix(".yaml") {
            let path = "\(folder)/releases/\(name)"
            releases[String(name.dropLast(5))] = CatalogFile(path: path, text: try readText(path))
        }
        self.releases = releases
        let path = "\(folder)/retired.yaml"
        retired = Files.exists(path) ? CatalogFile(path: path, text: try readText(path)) : nil
        files = { [folder] in try Self.files(in: "\(folder)/recipes/\($0)") }
        let fragments = "\(folder)/fragments"
        fragment = { name in
            let path = "\(fragments)/\(name).yaml"
            return Names.isLabel(name) && Files.exists(path) ? CatalogFile(path: path, text: try readText(path)) : nil
        }
        fragmentNames = {
            guard Files.isDirectory(fragments) else { return [] }
            return try Files.names(in: fragments).filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }
        }
        let options = "\(folder)/options"
        self.options = OptionLists(
            file: { release, name in
                let path = "\(options)/\(release)/\(name).ini"
                return Files.exists(path) ? CatalogFile(path: path, text: try readText(path)) : nil
            },
            names: {
                guard Files.isDirectory(options) else { return [] }
                return Self.optionNames(of: try Files.tree(options).map(\.path))
            })
    }

    /// Creates a source of texts, by their paths below the catalogue's folder.
    init(files: [String: String], folder: String) {
        self.folder = folder
        var releases: [String: CatalogFile] = [:]
        var recipes: [String: [String: CatalogFile]] = [:]
        for (path, text) in files {
            let parts = path.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
            let file = CatalogFile(path: "\(folder)/\(path)", text: text)
            if parts.count == 2, parts[0] == "releases", parts[1].hasSuffix(".yaml") {
                releases[String(parts[1].dropLast(5))] = file
            } else if parts.count == 3, parts[0] == "recipes" {
                recipes[parts[1], default: [:]][parts[2]] = file
            }
        }
        self.releases = releases
        retired = files["retired.yaml"].map { CatalogFile(path: "\(folder)/retired.yaml", text: $0) }
        self.recipes = recipes.keys.sorted()
        self.files = { [recipes] in recipes[$0] ?? [:] }
        fragment = { name in
            let path = "fragments/\(name).yaml"
            return files[path].map { CatalogFile(path: "\(folder)/\(path)", text: $0) }
        }
        fragmentNames = {
            files.keys.filter { $0.hasPrefix("fragments/") }.map { String($0.dropFirst(10).dropLast(5)) }.sorted()
        }
        options = OptionLists(
            file: { release, name in
                let path = "options/\(release)/\(name).ini"
                return files[path].map { CatalogFile(path: "\(folder)/\(path)", text: $0) }
            },
            names: {
                Self.optionNames(of: files.keys.filter { $0.hasPrefix("options/") }.map { String($0.dropFirst(8)) })
            })
    }

    /// The names of the lists of options at the paths `RELEASE/NAME.ini`.
    private static func optionNames(of paths: [String]) -> Set<String> {
        Set(
            paths.compactMap { path in
                let parts = path.split(separator: "/")
                return parts.count == 2 && parts[1].hasSuffix(".ini") ? String(parts[1].dropLast(4)) : nil
            })
    }

    private static func files(in folder: String) throws -> [String: CatalogFile] {
        var files: [String: CatalogFile] = [:]
        let document = "\(folder)/recipe.yaml"
        if Files.exists(document) {
            files["recipe.yaml"] = CatalogFile(path: document, text: try readText(document))
        }
        guard Files.isDirectory("\(folder)/templates") else { return files }
        for entry in try Files.tree("\(folder)/templates") where entry.status.kind == .file {
            let path = "templates/\(entry.path)"
            files[path] = CatalogFile(path: "\(folder)/\(path)", text: try readText("\(folder)/\(path)"))
        }
        return files
    }
}

/// Reads a file of a catalogue and converts its line ends to LF, since a checkout on another system may have changed
/// them.
private func readText(_ path: String) throws -> String {
    let text = try Files.readGivenText(path)
    return text.utf8.contains(13) ? textLines(text).joined(separator: "\n") : text
}
