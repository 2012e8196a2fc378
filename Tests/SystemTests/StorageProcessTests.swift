import Glibc
import System
import TestTools
import Testing

@testable import Storage

/// Tests of one store that several handles and processes use.
@Suite struct StorageProcessTests {
    /// Adds one by compare-and-set, repeated until it succeeds.
    private static func increase(_ store: SQLiteStore) throws {
        while true {
            let entry = try store.get("number")
            let number = Int(String(decoding: entry?.value ?? [], as: UTF8.self)) ?? 0
            if try store.compareAndSet("number", Array("\(number + 1)".utf8), expecting: entry?.modRevision) { return }
        }
    }

    @Test func opensANewStoreManyTimesAtOnce() async throws {
        try await withStorePath { path in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<8 {
                    group.addTask { try await offload { try SQLiteStore(path: path).put("\(index)", text: "x") } }
                }
                for try await _ in group {}
            }
            #expect(try SQLiteStore(path: path).keys() == (0..<8).map { "\($0)" })
        }
    }

    @Test func tellsThatALockWasLost() async throws {
        try await withStorePath { path in
            let store = try SQLiteStore(path: path)
            let lock = try store.lock("cloud", owner: "minke up")
            try lock.requireHeld()
            let folder = SQLiteStore.lockFolder(for: path)
            try Files.move(folder, to: folder + "-away")
            #expect(throws: StoreError.lockLost(name: "cloud")) { try lock.requireHeld() }
            // Another one has it by now.
            let other = try store.lock("cloud", owner: "minke down")
            #expect(throws: StoreError.lockLost(name: "cloud")) { try lock.requireHeld() }
            try other.requireHeld()
            other.release()
            #expect(throws: StoreError.lockLost(name: "cloud")) { try other.requireHeld() }
        }
    }

    @Test func losesNoUpdateBetweenHandlesAndProcesses() async throws {
        try await withStorePath { path in
            try SQLiteStore(path: path).put("number", text: "0")
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
                        try await offload {
                            let store = try SQLiteStore(path: path, clock: .host, patience: .seconds(60))
                            for _ in 0..<40 { try Self.increase(store) }
                        }
                    }
                }
                group.addTask { _ = try await Subprocess("/usr/bin/python3", ["-c", script, path]).run().checked() }
                for try await _ in group {}
            }
            let store = try SQLiteStore(path: path)
            #expect(try store.text("number") == "120")
            #expect(try store.get("number")?.modRevision == 121)
        }
    }

    @Test func undoesWhatAKilledProcessHadBegun() async throws {
        try await withStorePath { path in
            let store = try SQLiteStore(path: path, clock: .host, patience: .milliseconds(20))
            try store.put("a", text: "1")
            let script = """
                import os, sqlite3, sys, time
                store = sqlite3.connect(sys.argv[1], isolation_level=None)
                store.execute("BEGIN IMMEDIATE")
                store.execute("DELETE FROM entries")
                print(os.getpid(), flush=True)
                time.sleep(600)
                """
            try await withChild("/usr/bin/python3", ["-c", script, path]) { process in
                #expect(try store.text("a") == "1")
                let error = thrown(StoreError.self) { try store.put("a", text: "2") }
                #expect(
                    error?.description
                        == "another process has been writing to \(path) for 0.02 s; "
                        + "try again, or see with `fuser -v \(path)` which it is")
                #expect(kill(process, SIGKILL) == 0)
                try await wait(every: .milliseconds(5), within: .seconds(120), for: "the store") {
                    try store.put("a", [UInt8(ascii: "2")]) == 2
                }
                #expect(try store.text("a") == "2")
            }
        }
    }

    @Test func namesTheHolderOfALock() async throws {
        try await withStorePath { path in
            let first = try SQLiteStore(path: path)
            let second = try SQLiteStore(path: path)
            let lock = try first.lock("environments/a", owner: "minke apply")
            #expect(lock.name == "environments/a")
            let other = try second.lock("environments/b", owner: "minke apply")
            let error = thrown(StoreError.self) { try second.lock("environments/a", owner: "minke down") }
            let known = try #require(holder(error))
            #expect(known.owner == "minke apply")
            #expect(known.process == Int(getpid()))
            lock.release()
            lock.release()
            let again = try second.lock("environments/a", owner: "minke down")
            lock.release()
            #expect(throws: StoreError.self) { try first.lock("environments/a", owner: "minke apply") }
            other.release()
            again.release()
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

    @Test func releasesALockWithItsOwner() async throws {
        try await withStorePath { path in
            let store = try SQLiteStore(path: path)
            var lock: StoreLock? = try store.lock("a", owner: "first")
            #expect(throws: StoreError.self) { try store.lock("a", owner: "second") }
            #expect(lock != nil)
            lock = nil
            lock = try store.lock("a", owner: "second")
            let error = thrown(StoreError.self) { try store.lock("a", owner: "third") }
            #expect(holder(error)?.owner == "second")
            #expect(lock != nil)
        }
    }

    @Test func takesTheLockOfAKilledProcess() async throws {
        try await withStorePath { path in
            let store = try SQLiteStore(path: path)
            try store.lock("a", owner: "first").release()
            let script = "exec 9>\"$1\"; flock 9; printf %s \"$2\" >&9; echo $$; exec sleep 600"
            let killed = LockHolder(owner: "killed", process: 12, since: 0)
            let text = String(decoding: killed.bytes, as: UTF8.self)
            try await withChild("/bin/sh", ["-c", script, "sh", path + "-locks/a", text]) { process in
                #expect(throws: StoreError.lockHeld(name: "a", holder: killed)) { try store.lock("a", owner: "second") }
                #expect(kill(process, SIGKILL) == 0)
                let lock = try await poll(every: .milliseconds(5), within: .seconds(120), for: "the lock") {
                    try store.lock("a", owner: "second")
                }
                let error = thrown(StoreError.self) { try store.lock("a", owner: "third") }
                #expect(holder(error)?.owner == "second")
                lock.release()
            }
        }
    }
}

private func holder(_ error: StoreError?) -> LockHolder? {
    if case .lockHeld(_, let holder) = error { holder } else { nil }
}
