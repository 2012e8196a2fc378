import System
import TestTools
import Testing

@testable import Storage

@Suite struct StorageFileTests {
    @Test func keepsTheFileToItsOwner() async throws {
        try await withStorePath { path in
            let store = try await SQLiteStore(path: path)
            try await store.put("secret", text: "abc")
            let lock = try await store.lock("a", owner: "test")
            let folder = Files.folder(of: path)
            #expect(try Files.status(of: folder).mode == 0o700)
            #expect(try Files.status(of: path + "-locks").mode == 0o700)
            for name in ["", "-wal", "-shm", "-locks/a"] {
                #expect(try Files.status(of: path + name).mode == 0o600, "\(name)")
            }
            try Files.setMode(0o644, of: path)
            try Files.setMode(0o644, of: path + "-wal")
            #expect(try await SQLiteStore(path: path).text("secret") == "abc")
            #expect(try Files.status(of: path).mode == 0o600)
            #expect(try Files.status(of: path + "-wal").mode == 0o600)
            await lock.release()
        }
    }

    @Test func forgetsDeletedSecrets() async throws {
        try await withStorePath { path in
            do {
                let store = try await SQLiteStore(path: path)
                try await store.put("secret", text: "correct horse battery")
                try await store.put("other", text: "still here")
            }
            #expect(String(decoding: try Files.read(path), as: UTF8.self).contains("correct horse"))
            do { try await SQLiteStore(path: path).delete("secret") }
            let content = String(decoding: try Files.read(path), as: UTF8.self)
            #expect(!content.contains("correct horse"))
            #expect(content.contains("still here"))
            #expect(!Files.exists(path + "-wal"))
        }
    }

    @Test func refusesANewerSchema() async throws {
        try await withStorePath { path in
            _ = try await SQLiteStore(path: path)
            try Schema.open(path: path, patience: .zero).run("PRAGMA user_version = 2")
            let error = await thrown(StoreError.self) { try await SQLiteStore(path: path) }
            #expect(
                error?.description
                    == "\(path) has schema 2, this Minke knows schemas up to 1; use the newer Minke that wrote it")
        }
    }

    @Test func refusesAnotherProgramsDatabase() async throws {
        try await withStorePath { path in
            try Files.makeDirectory(Files.folder(of: path))
            try Files.write("", to: path, mode: 0o600)
            let connection = try Connection(path: path, patience: .zero)
            try connection.run("CREATE TABLE theirs (a)")
            let error = await thrown(StoreError.self) { try await SQLiteStore(path: path) }
            #expect(
                error?.description
                    == "\(path) is a database of another program, expected one of Minke's; "
                    + "name another file, or move this one away")
            #expect(try connection.number("SELECT count(*) FROM sqlite_master") == 1)
        }
    }

    @Test func tellsWhatToDoAboutADamagedFile() async throws {
        try await withStorePath { path in
            let remedy =
                "; move it away together with \(path)-wal and \(path)-shm, then run the command again: what the "
                + "containers carry (secrets, addresses, configuration) is read from the engine, "
                + "and the rest is made anew"
            do { try await SQLiteStore(path: path).put("a", [UInt8](repeating: 1, count: 20_000)) }
            let whole = try Files.read(path)
            try Files.write(Array(whole.prefix(8192)), to: path, mode: 0o600)
            let cut = await thrown(StoreError.self) { try await SQLiteStore(path: path).get("a") }
            #expect(cut?.description == "\(path) is damaged (database disk image is malformed)" + remedy)
            try Files.write([UInt8](repeating: 7, count: 20_000), to: path, mode: 0o600)
            let other = await thrown(StoreError.self) { try await SQLiteStore(path: path) }
            #expect(other?.description == "\(path) is damaged (file is not a database)" + remedy)
        }
    }

    @Test func namesAPathThatCannotBe() async throws {
        try await Files.withTemporaryDirectory { folder in
            let error = await thrown(StoreError.self) { try await SQLiteStore(path: folder) }
            #expect(error?.description == "cannot use \(folder): it is not a file")
        }
        let error = await thrown(StoreError.self) { try await SQLiteStore(path: "/proc/none/minke.db") }
        #expect(
            error?.description
                == "cannot keep state in /proc/none: cannot make folder /proc/none: No such file or directory; "
                + "name a folder that can be written by --state DIR or MINKE_STATE")
    }
}
