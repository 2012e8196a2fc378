import Glibc
import System

extension ParsedArguments {
    /// Where secrets, revisions and records are kept: as told, else where the system expects them.
    func findState() -> String {
        if let folder = stateFolder { return folder }
        if getuid() == 0 { return "/var/lib/minke" }
        if let folder = environmentVariable("XDG_STATE_HOME"), !folder.isEmpty { return folder + "/minke" }
        return (environmentVariable("HOME") ?? "") + "/.local/state/minke"
    }

    /// The file of the store.
    var storePath: String { findState() + "/minke.db" }
}
