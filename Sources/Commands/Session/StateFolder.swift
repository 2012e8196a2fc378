import Glibc
import Model
import Storage
import System

/// The folder in which a program remembers environments.
enum StateFolder {
    /// The file of the store in a folder.
    static func store(in folder: String) -> String { folder + "/minke.db" }
}

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
    var storePath: String { StateFolder.store(in: findState()) }

    /// The store. Where it cannot be written, a copy of it is enough to look, and the reason is given for those who
    /// would change something.
    ///
    /// - Throws: `Problems` where another folder would do.
    func openStore() throws -> (store: SQLiteStore, unwritable: Problems?) {
        do {
            return (try SQLiteStore(path: storePath), nil)
        } catch let error as StoreError {
            switch error {
            case .unwritable:
                let reason = Problems("\(error)")
                guard let copy = try? copyOfStore() else { throw reason }
                return (copy, reason)
            case .foreign: throw Problems("\(error)")
            default: throw error
            }
        }
    }

    /// A copy in memory, whose files nobody else finds.
    private func copyOfStore() throws -> SQLiteStore {
        let folder = "/dev/shm/minke-\(getpid())-\(millisecondsSince1970())"
        try Files.makeDirectory(folder, mode: 0o700)
        // It lives on as long as it is open.
        defer { try? Files.remove(folder) }
        let copy = StateFolder.store(in: folder)
        try Files.write(Files.read(storePath), to: copy, mode: 0o600)
        // What was committed last may still be in the journal.
        if Files.exists(storePath + "-wal") {
            try Files.write(Files.read(storePath + "-wal"), to: copy + "-wal", mode: 0o600)
        }
        let store = try SQLiteStore(path: copy)
        _ = try store.stamp(prefix: "")
        return store
    }
}
