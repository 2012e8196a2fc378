import Glibc
import Model
import System

/// Where a command finds the environment, the catalogue and what Minke remembers.
struct Places: Sendable {
    var environment: String
    var catalog: String?
    var state: String?

    init(_ arguments: ParsedArguments) {
        environment = arguments.environmentFile
        catalog = arguments.catalogFolder
        state = arguments.stateFolder
    }

    /// The environment file, which must exist; a name without a slash may be one that came with the program.
    func environmentFile() throws -> String {
        if Files.exists(environment) { return environment }
        if !environment.contains("/") {
            for folder in try shared("environments") {
                let file = "\(folder)/\(environment)\(environment.hasSuffix(".yaml") ? "" : ".yaml")"
                if Files.exists(file) { return file }
            }
        }
        throw Problems(
            "there is no environment file \(environment)",
            remedy: "name one with -e, or in MINKE_ENVIRONMENT, or write ./environment.yaml")
    }

    /// The catalogue: as told, else beside the program, else where it was installed.
    func catalogFolder() throws -> String {
        if let catalog {
            guard Files.isDirectory(catalog) else { throw Problems("there is no catalogue in \(catalog)") }
            return catalog
        }
        let folders = try shared("catalog")
        if let found = folders.first(where: { Files.isDirectory($0) }) { return found }
        throw Problems(
            "no catalogue was found", remedy: "name its folder with --catalog or in MINKE_CATALOG")
    }

    /// Where secrets, revisions and records are kept.
    func stateFolder() -> String {
        if let state { return state }
        if getuid() == 0 { return "/var/lib/minke" }
        if let folder = environmentVariable("XDG_STATE_HOME"), !folder.isEmpty { return folder + "/minke" }
        return (environmentVariable("HOME") ?? "") + "/.local/state/minke"
    }

    /// Candidates for a folder of the program's own data: in the source tree, then installed under a prefix.
    private func shared(_ name: String) throws -> [String] {
        let program = try Files.executablePath()
        var folders: [String] = []
        var folder = Files.folder(of: program)
        for _ in 0..<5 where folder != "/" {
            folders.append("\(folder)/\(name)")
            folders.append("\(folder)/share/minke/\(name)")
            folder = Files.folder(of: folder)
        }
        return folders + ["/usr/local/share/minke/\(name)", "/usr/share/minke/\(name)"]
    }
}
