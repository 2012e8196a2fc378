import Glibc
import Model
import Storage
import System

extension ParsedArguments {
    /// Where secrets, revisions and records are kept: as told, else where the system expects them.
    func findState() -> String {
        if let folder = stateFolder { return folder }
        if getuid() == 0 { return "/var/lib/minke" }
        if let folder = environmentVariable("XDG_STATE_HOME"), !folder.isEmpty { return folder + "/minke" }
        return (environmentVariable("HOME") ?? "") + "/.local/state/minke"
    }

    /// Where the demo keeps its key, what guests it knows, and the authority of an environment's cloud.
    func demoFolder(of environment: String) -> String { "\(findState())/demo/\(environment)" }

    /// The file of the store.
    var storePath: String { findState() + "/minke.db" }

    /// The store. Throws `Problems` where another folder would do.
    func openStore() throws -> SQLiteStore {
        do {
            return try SQLiteStore(path: storePath)
        } catch let error as StoreError {
            switch error {
            case .unwritable, .foreign: throw Problems("\(error)")
            default: throw error
            }
        }
    }
}
