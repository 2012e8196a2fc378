import Clouds
import CommandLine
import Model
import Recipes
import System

extension ParsedArguments {
    /// The places of the environment, the catalogue and the state that the user names.
    var places: CloudPlaces {
        CloudPlaces(
            environmentFile: environmentFile, catalogFolder: catalogFolder, stateFolder: stateFolder)
    }

    /// Loads the catalogue that the user names, or the one that came with the program.
    func loadCatalog() throws -> Catalog { try places.loadCatalog() }

    /// Loads the environment that the user names.
    func loadEnvironment() throws -> Environment {
        try requireEnvironment()
        return try places.loadEnvironment()
    }

    /// The folder of the catalogue: as named, else as installed with the program or lying beside it.
    func findCatalog() throws -> String { try places.findCatalog() }

    /// The folder of the state.
    func findState() -> String { places.findState() }

    /// Throws `Problems` where the user has named no environment and the default file does not exist.
    func requireEnvironment() throws {
        if isGiven("environment") || Files.exists(environmentFile) { return }
        throw Problems(
            "there is no environment file \(environmentFile)",
            remedy: "name one by --environment FILE or MINKE_ENVIRONMENT, or make environment.yaml here")
    }
}

extension Session {
    /// Begins to reach the engine of the user's environment; notes about it go to the standard error.
    init(_ arguments: ParsedArguments, restoredInPart: Bool = false) throws {
        try arguments.requireEnvironment()
        try self.init(arguments.places, restoredInPart: restoredInPart) { printError($0) }
    }
}
