import CommandLine
import Model
import Recipes
import Resolving
import System

extension ParsedArguments {
    /// Loads the catalogue that the user names, or the one that came with the program.
    public func loadCatalog() throws -> Catalog {
        try Catalog.load(folder: try findCatalog())
    }

    /// Loads the environment that the user names.
    public func loadEnvironment() throws -> Environment {
        guard Files.exists(environmentFile) else {
            let remedy =
                isGiven("environment")
                ? nil : "name one by --environment FILE or MINKE_ENVIRONMENT, or make environment.yaml here"
            throw Problems("there is no environment file \(environmentFile)", remedy: remedy)
        }
        return try Environment.load(file: environmentFile) { environment in
            // A catalogue that cannot be read is reported once the environment's file is mended.
            let recipes = environment.services.map(\.name)
            guard let catalog = try? Catalog.load(folder: try findCatalog(), recipes: recipes) else { return [] }
            return Layout.mistakes(in: environment, catalog: catalog)
        }
    }

    /// The folder of the catalogue: as named, else as installed with the program or lying beside it.
    public func findCatalog() throws -> String {
        if let folder = catalogFolder {
            if Files.isDirectory(folder) { return folder }
            throw Problems(
                "there is no catalogue folder \(folder)", remedy: "name it by --catalog DIR or MINKE_CATALOG")
        }
        let program = Files.folder(of: try Files.executablePath())
        let places = catalogPlaces(programFolder: program)
        if let found = places.first(where: { Files.isDirectory("\($0)/recipes") }) { return found }
        throw Problems(
            "no catalogue was found in \(places.joined(separator: ", "))",
            remedy: "name it by --catalog DIR or MINKE_CATALOG")
    }
}

/// The folders in which a catalogue is looked for, given the folder of the program's file.
func catalogPlaces(programFolder folder: String) -> [String] {
    var places = ["\(Files.folder(of: folder))/share/minke/catalog", "\(folder)/catalog"]
    // A program that was just built runs with the catalogue of its own source.
    let parts = folder.split(separator: "/")
    if let build = parts.firstIndex(of: ".build") {
        places.insert("/" + (parts[..<build] + ["catalog"]).joined(separator: "/"), at: 0)
    }
    for installed in ["/usr/local/share/minke/catalog", "/usr/share/minke/catalog"] where !places.contains(installed) {
        places.append(installed)
    }
    return places
}
