import Glibc
import System
import TestTools
import Testing

@testable import Storage

/// A store's file, used by several handles and processes at once.
@Suite struct StorageProcessTests {
    @Test func opensANewStoreManyTimesAtOnce() async throws {
        try await withStorePath { path in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<8 {
                    group.addTask { try await SQLiteStore(path: path).put("\(index)", text: "x") }
                }
                for try await _ in group {}
            }
            #expect(try await SQLiteStore(path: path).keys() == (0..<8).map { "\($0)" })
        }
    }

    @Test func losesNoUpdateBetweenHandlesAndProcesses() async throws {
        try await withStorePath { path in
            try await SQLiteStore(path: path).put("number", text: "0")
            let script = """
                import sqlite3, sys
                store = sqlite3.connect(sys.argv[1], timeout=60, isolation_level=None)
                for _ in range(40):
                    while True:
                        value, revision = store.execute(
                            "SELECT value, modified FROM entries WHERE key = 'number'").fetchone()
                        store.execute("BEGIN IMMEDIATE")
                        done = store.execute(
                            "UPDATE entries SET value = ?, modified = (SELECT revision + 1 FROM counter)"
                            " WHERE key = 'number' AND modified = ?", (b"%d" % (int(value) + 1), revision)).rowcount
                        store.execute("UPDATE counter SET revision = revision + ?", (done,))
                        store.execute("COMMIT")
                        if done:
                            break
                """
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<2 {
                    group.addTask {
                        let store = try await SQLiteStore(path: path, clock: .host, patience: .seconds(60))
                        for _ in 0..<40 { try await store.increase("number") }
                    }
                }
                group.addTask { _ = try await Subprocess("/usr/bin/python3", ["-c", script, path]).run().checked() }
                for try await _ in group {}
            }
            let store = try await SQLiteStore(path: path)
            #expect(try await store.text("number") == "120")
            #expect(try await store.get("number")?.modRevision == 121)
        }
    }

    @Test func undoesWhatAKilledProcessHadBegun() async throws {
        try await withStorePath { path in
            let store = try await SQLiteStore(path: path, clock: .host, patience: .milliseconds(20))
            try await store.put("a", text: "1")
            let script = """
                import os, sqlite3, sys, time
                store = sqlite3.connect(sys.argv[1], isolation_level=None)
                store.execute("BEGIN IMMEDIATE")
                store.execute("DELETE FROM entries")
                print(os.getpid(), flush=True)
                time.sleep(600)
                """
            try await withChild("/usr/bin/python3", ["-c", script, path]) { process in
                #expect(try await store.text("a") == "1")
                let error = await thrown(StoreError.self) { try await store.put("a", text: "2") }
                #expect(
                    error?.description
                        == "another process has been writing to \(path) for 0.02 s; "
                        + "try again, or see with `fuser -v \(path)` which it is")
                #expect(kill(process, SIGKILL) == 0)
                try await wait(every: .milliseconds(5), within: .seconds(120), for: "the store") {
                    try await store.put("a", [UInt8(ascii: "2")]) == 2
                }
                #expect(try await store.text("a") == "2")
            }
        }
    }

    /// Calls that wait for another writer take no thread that others need: more of them than there are threads in
    /// Swift's pool wait, and the one that they wait for goes on.
    @Test func waitsOutsideTheCooperativePool() async throws {
        try await withStorePath { path in
            try await SQLiteStore(path: path).put("a", text: "1")
            let count = 2 * Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))) + 2
            var stores: [SQLiteStore] = []
            for _ in 0..<count {
                stores.append(try await SQLiteStore(path: path, clock: .host, patience: .seconds(60)))
            }
            let writer = try Schema.open(path: path, patience: .zero)
            try writer.run("BEGIN IMMEDIATE")
            let begun = Locked(0)
            let puts = stores.enumerated().map { index, store in
                Task {
                    begun.withLock { $0 += 1 }
                    try await store.put("\(index)", text: "x")
                }
            }
            try await wait(every: .milliseconds(5), within: .seconds(30), for: "all to wait") { begun.value == count }
            try writer.run("ROLLBACK")
            for put in puts { try await put.value }
            #expect(try await SQLiteStore(path: path).keys().count == count + 1)
        }
    }

    @Test func endsLeasesWithTheHostsStart() async throws {
        try await withStorePath { path in
            let time = TestLeaseClock()
            let store = try await SQLiteStore(path: path, clock: time.clock)
            try await store.put("a", [], lease: try await store.grantLease(timeToLive: .seconds(10)))
            time.restart(as: "second")
            #expect(try await store.keys() == [])
        }
    }

    @Test func describesAHolder() {
        let holder = LockHolder(owner: "minke apply", process: 12, since: 1_700_000_000)
        #expect(LockHolder(holder.bytes) == holder)
        #expect(LockHolder([]) == nil)
        #expect(
            StoreError.lockHeld(name: "environments/a", holder: holder).description
                == "environments/a is locked by `minke apply` (process 12, since 2023-11-14T22:13:20Z); "
                + "wait for its end, or end it")
        #expect(
            StoreError.lockHeld(name: "a", holder: nil).description
                == "a is locked by another process; wait for its end, or end it")
        #expect(FileLock.fileName(for: "environments/a.b-c_D") == "environments%2Fa.b-c_D")
        #expect(FileLock.fileName(for: "../é") == "%2E.%2F%C3%A9")
    }

    @Test func takesTheLockOfAKilledProcess() async throws {
        try await withStorePath { path in
            let store = try await SQLiteStore(path: path)
            try await store.lock("a", owner: "first").release()
            let script = "exec 9>\"$1\"; flock 9; printf %s \"$2\" >&9; echo $$; exec sleep 600"
            let killed = LockHolder(owner: "killed", process: 12, since: 0)
            let text = String(decoding: killed.bytes, as: UTF8.self)
            try await withChild("/bin/sh", ["-c", script, "sh", path + "-locks/a", text]) { process in
                await #expect(throws: StoreError.lockHeld(name: "a", holder: killed)) {
                    try await store.lock("a", owner: "second")
                }
                #expect(kill(process, SIGKILL) == 0)
                let lock = try await poll(every: .milliseconds(5), within: .seconds(120), for: "the lock") {
                    try await store.lock("a", owner: "second")
                }
                let error = await thrown(StoreError.self) { try await store.lock("a", owner: "third") }
                #expect(error?.holder?.owner == "second")
                await lock.release()
            }
        }
    }
}
