import Glibc
import Layouts
import Model
import Recipes
import System

/// The files and folders that a cloud is made from and remembered in.
public struct CloudPlaces: Sendable {
    /// The environment's file.
    public var environmentFile: String
    /// The catalogue's folder; nil for the one that came with the program.
    public var catalogFolder: String?
    /// The folder of the state; nil for the usual one of the user.
    public var stateFolder: String?

    /// Creates the places of a cloud.
    public init(environmentFile: String, catalogFolder: String? = nil, stateFolder: String? = nil) {
        self.environmentFile = environmentFile
        self.catalogFolder = catalogFolder
        self.stateFolder = stateFolder
    }

    /// Loads the catalogue.
    ///
    /// - Throws: `Problems`.
    public func loadCatalog() throws -> Catalog { try Catalog.load(folder: try findCatalog()) }

    /// Loads the environment. Mistakes that only the catalogue shows are reported together with the file's others.
    ///
    /// - Throws: `Problems`.
    public func loadEnvironment() throws -> Environment {
        guard Files.exists(environmentFile) else {
            throw Problems("there is no environment file \(environmentFile)")
        }
        return try Environment.load(file: environmentFile) { environment in
            // A catalogue that cannot be read is reported once the environment's file is corrected.
            let recipes = environment.services.map(\.name)
            guard let catalog = try? Catalog.load(folder: try findCatalog(), recipes: recipes) else { return [] }
            return Layout.mistakes(in: environment, catalog: catalog)
        }
    }

    /// The folder of the catalogue: as named, else as installed with the program or lying beside it.
    ///
    /// - Throws: `Problems` where there is none.
    public func findCatalog() throws -> String {
        if let folder = catalogFolder {
            if Files.isDirectory(folder) { return folder }
            throw Problems(
                "there is no catalogue folder \(folder)", remedy: "name it by --catalog DIR or MINKE_CATALOG")
        }
        let program = Files.folder(of: try Files.executablePath())
        let places = Self.catalogPlaces(programFolder: program)
        if let found = places.first(where: { Files.isDirectory("\($0)/recipes") }) { return found }
        throw Problems(
            "no catalogue was found in \(places.joined(separator: ", "))",
            remedy: "name it by --catalog DIR or MINKE_CATALOG")
    }

    /// The folder of the state: secrets, manifests and records.
    public func findState() -> String {
        if let folder = stateFolder { return folder }
        if getuid() == 0 { return "/var/lib/minke" }
        if let folder = environmentVariable("XDG_STATE_HOME"), !folder.isEmpty { return folder + "/minke" }
        return (environmentVariable("HOME") ?? "") + "/.local/state/minke"
    }
}

extension CloudPlaces {
    /// The folders in which a catalogue is looked for, given the folder of the program's file.
    package static func catalogPlaces(programFolder folder: String) -> [String] {
        var places = ["\(Files.folder(of: folder))/share/minke/catalog", "\(folder)/catalog"]
        // A program that was just built runs with the catalogue of its own source.
        let parts = folder.split(separator: "/")
        if let build = parts.firstIndex(of: ".build") {
            places.insert("/" + (parts[..<build] + ["catalog"]).joined(separator: "/"), at: 0)
        }
        for installed in ["/usr/local/share/minke/catalog", "/usr/share/minke/catalog"]
        where !places.contains(installed) {
            places.append(installed)
        }
        return places
    }
}
