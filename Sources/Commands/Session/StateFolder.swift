import CommandLine
import Glibc
import Model
import Storage
import System

/// The folder that keeps the state of environments.
enum StateFolder {
    /// The file of the store in a folder.
    static func store(in folder: String) -> String { folder + "/minke.db" }
}

extension ParsedArguments {
    /// The folder of secrets, revisions and records: the given one, else the one that the system expects.
    func findState() -> String {
        if let folder = stateFolder { return folder }
        if getuid() == 0 { return "/var/lib/minke" }
        if let folder = environmentVariable("XDG_STATE_HOME"), !folder.isEmpty { return folder + "/minke" }
        return (environmentVariable("HOME") ?? "") + "/.local/state/minke"
    }

    /// The folder in which the demo keeps its key, the guests that it knows, and the authority of an environment's
    /// cloud.
    func demoFolder(of environment: String) -> String { "\(findState())/demo/\(environment)" }

    /// The file of the store.
    var storePath: String { StateFolder.store(in: findState()) }

    /// Opens the store. Where it cannot be written, opens a copy of it, which is enough to look, and returns the reason
    /// for commands that would change something.
    ///
    /// - Throws: `Problems` where the user has to name another folder.
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

    /// Copies the store into memory, with files that nobody else finds.
    private func copyOfStore() throws -> SQLiteStore {
        let folder = "/dev/shm/minke-\(getpid())-\(millisecondsSince1970())"
        try Files.makeDirectory(folder, mode: 0o700)
        // The copy lives on as long as it is open.
        defer { try? Files.remove(folder) }
        let copy = StateFolder.store(in: folder)
        try Files.write(Files.read(storePath), to: copy, mode: 0o600)
        // The last commits may still be in the write-ahead log.
        if Files.exists(storePath + "-wal") {
            try Files.write(Files.read(storePath + "-wal"), to: copy + "-wal", mode: 0o600)
        }
        let store = try SQLiteStore(path: copy)
        _ = try store.stamp(prefix: "")
        return store
    }
}
