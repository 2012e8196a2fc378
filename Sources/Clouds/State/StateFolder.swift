import Glibc
import Model
import Storage
import System

/// The folder that keeps the state of environments: the store, and what is beside it.
///
/// Stores are opened here and nowhere else, so that another kind of store is chosen here as well.
package enum StateFolder {
    /// The file of the store in a folder.
    private static func file(in folder: String) -> String { folder + "/minke.db" }

    /// Opens the store in a folder, and creates it where it is missing. Where it cannot be written, opens a copy of it,
    /// which is enough for commands that only look, and returns the reason for the others.
    ///
    /// - Throws: `Problems` where the user has to name another folder.
    package static func openStore(in folder: String) async throws -> (store: any Store, unwritable: Problems?) {
        let path = file(in: folder)
        do {
            return (try await SQLiteStore(path: path), nil)
        } catch let error as StoreError {
            switch error {
            case .unwritable:
                let reason = Problems("\(error)")
                guard let copy = try? await copyOfStore(path) else { throw reason }
                return (copy, reason)
            case .foreign: throw Problems("\(error)")
            default: throw error
            }
        }
    }

    /// Opens the store in a folder; nil where there is none yet.
    package static func openKnownStore(in folder: String) async throws -> (any Store)? {
        let path = file(in: folder)
        return Files.exists(path) ? try await SQLiteStore(path: path) : nil
    }

    /// Whether a folder has a store, or may have one: a folder that may not be looked at may be there.
    package static func mayHaveStore(_ folder: String) -> Bool {
        do {
            _ = try Files.status(of: file(in: folder))
            return true
        } catch let error as SystemError {
            return error.code != ENOENT && error.code != ENOTDIR
        } catch {
            return true
        }
    }

    /// Copies a store into memory, by way of files that only this user can read.
    private static func copyOfStore(_ path: String) async throws -> any Store {
        let folder = "/dev/shm/minke-\(getpid())-\(millisecondsSince1970())"
        try Files.makeDirectory(folder, mode: 0o700)
        // The copy lives on as long as it is open.
        defer { try? Files.remove(folder) }
        let copy = file(in: folder)
        try Files.write(Files.read(path), to: copy, mode: 0o600)
        // The last commits may still be in the write-ahead log.
        if Files.exists(path + "-wal") {
            try Files.write(Files.read(path + "-wal"), to: copy + "-wal", mode: 0o600)
        }
        let store = try await SQLiteStore(path: copy)
        _ = try await store.stamp(prefix: "")
        return store
    }

    /// The folder of the demo's key, the guests that it knows, and the authority of an environment's cloud.
    package static func demo(of environment: String, in folder: String) -> String { "\(folder)/demo/\(environment)" }

    /// The folder for the results of tests of an environment's cloud.
    package static func verify(of environment: String, in folder: String) -> String {
        "\(folder)/verify/\(environment)"
    }
}
