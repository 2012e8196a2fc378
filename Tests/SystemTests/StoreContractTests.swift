import Glibc
import Model
import System
import TestTools
import Testing

@testable import Storage

/// The contract of every store, whatever it is on.
@Suite struct StoreContractTests {
    @Test(arguments: StoreKind.allCases) func countsRevisions(kind: StoreKind) async throws {
        try await withStores(of: kind) { store, other in
            #expect(try await store.snapshot(prefix: "") == StoreSnapshot(revision: 0, entries: []))
            #expect(try await store.put("a", [1]) == 1)
            #expect(try await store.put("b", []) == 2)
            #expect(try await store.put("a", [0, 255]) == 3)
            #expect(
                try await store.get("a") == StoreEntry(key: "a", value: [0, 255], createRevision: 1, modRevision: 3))
            #expect(try await store.get("b") == StoreEntry(key: "b", value: [], createRevision: 2, modRevision: 2))
            try await store.delete("a")
            try await store.delete("a")
            #expect(try await store.get("a") == nil)
            #expect(try await store.put("a", [2]) == 5)
            #expect(try await store.get("a")?.createRevision == 5)
            let snapshot = try await store.snapshot(prefix: "")
            #expect(try await other.snapshot(prefix: "") == snapshot)
        }
    }

    @Test(arguments: StoreKind.allCases) func sortsKeysByBytesAndKeepsToPrefixes(kind: StoreKind) async throws {
        try await withStores(of: kind) { store, _ in
            let keys = [
                "a", "a/", "a/1", "a/10", "a/\u{D7FF}x", "a/\u{E000}", "a/\u{10FFFF}z", "a0", "B", "é", "z\0y", "z",
            ]
            for key in keys { try await store.put(key, text: key) }
            #expect(
                try await store.keys() == [
                    "B", "a", "a/", "a/1", "a/10", "a/\u{D7FF}x", "a/\u{E000}", "a/\u{10FFFF}z", "a0", "z", "z\0y", "é",
                ])
            #expect(try await store.keys("a/1") == ["a/1", "a/10"])
            #expect(try await store.keys("a/\u{D7FF}") == ["a/\u{D7FF}x"])
            #expect(try await store.keys("a/\u{10FFFF}") == ["a/\u{10FFFF}z"])
            #expect(try await store.keys("e") == [])
            try await store.delete("z")
            #expect(try await store.text("z\0y") == "z\0y")
            try await store.delete(prefix: "a/")
            #expect(try await store.keys() == ["B", "a", "a0", "z\0y", "é"])
            #expect(try await store.snapshot(prefix: "").revision == 14)
            try await store.delete(prefix: "a/")
            #expect(try await store.snapshot(prefix: "").revision == 14)
        }
    }

    @Test(arguments: StoreKind.allCases) func carriesOutAllOrNothing(kind: StoreKind) async throws {
        try await withStores(of: kind) { store, _ in
            try await store.put("a", [1])
            let transaction = StoreTransaction(
                when: [.modRevision("a", 1), .createRevision("a", 1), .value("a", [1]), .present("a"), .absent("b")],
                [.put(key: "b", value: [2]), .put(key: "c", value: [3]), .delete(key: "a")],
                otherwise: [.put(key: "again", value: [])])
            #expect(try await store.commit(transaction) == StoreOutcome(succeeded: true, revision: 2))
            #expect(try await store.range(prefix: "").map(\.modRevision) == [2, 2])
            #expect(try await store.commit(transaction) == StoreOutcome(succeeded: false, revision: 3))
            #expect(try await store.keys() == ["again", "b", "c"])
            await #expect(throws: StoreError.leaseLapsed(LeaseID(rawValue: 7))) {
                try await store.commit(
                    StoreTransaction([
                        .delete(key: "b"), .put(key: "d", value: [], lease: LeaseID(rawValue: 7)),
                    ]))
            }
            #expect(try await store.keys() == ["again", "b", "c"])
            #expect(try await store.compareAndSet("d", [1], expecting: nil))
            #expect(try await store.compareAndSet("d", [2], expecting: nil) == false)
            #expect(try await store.compareAndSet("d", [2], expecting: 3) == false)
            #expect(try await store.compareAndSet("d", [2], expecting: 4))
            #expect(try await store.get("d")?.value == [2])
        }
    }

    @Test(arguments: StoreKind.allCases) func refusesWhatContradictsItself(kind: StoreKind) async throws {
        try await withStores(of: kind) { store, _ in
            let put = StoreOperation.put(key: "a/b", value: [])
            let refused: [(String, [StoreOperation])] = [
                ("a key is empty", [.put(key: "", value: [])]),
                ("a transaction puts a/b twice", [put, put]),
                ("a transaction both puts and deletes a/b", [put, .delete(key: "a/b")]),
                ("a transaction both puts and deletes keys below a/", [.deleteAll(prefix: "a/"), put]),
                ("an empty prefix would delete everything", [.deleteAll(prefix: "")]),
            ]
            for (message, operations) in refused {
                let error = await thrown(StoreError.self) { try await store.commit(StoreTransaction(operations)) }
                #expect(error?.description == message)
            }
            let revision = try await store.snapshot(prefix: "").revision
            #expect(revision == 0)
        }
    }

    @Test(arguments: StoreKind.allCases) func endsLeasesWithTheirKeys(kind: StoreKind) async throws {
        let time = TestLeaseClock()
        try await withStores(of: kind, time: time) { store, other in
            let lease = try await store.grantLease(timeToLive: .seconds(10))
            try await store.put("a", [1], lease: lease)
            try await store.put("b", [2], lease: lease)
            try await store.put("kept", [3], lease: lease)
            try await store.put("kept", [4])
            #expect(try await other.get("a")?.lease == lease)
            #expect(try await other.get("kept")?.lease == nil)
            time.advance(milliseconds: 9_999)
            #expect(try await other.remaining(lease) == .milliseconds(1))
            try await other.keepAlive(lease)
            time.advance(milliseconds: 9_999)
            #expect(try await store.keys() == ["a", "b", "kept"])
            time.advance(milliseconds: 1)
            #expect(try await other.keys() == ["kept"])
            #expect(try await other.snapshot(prefix: "").revision == 5)
            #expect(try await store.remaining(lease) == nil)
            let late = await thrown(StoreError.self) { try await store.keepAlive(lease) }
            #expect(late?.description == "lease 1 has lapsed or never was; grant a new one and put its keys again")
            await #expect(throws: StoreError.leaseLapsed(lease)) { try await store.put("a", [1], lease: lease) }

            let second = try await store.grantLease(timeToLive: .seconds(10))
            #expect(second != lease)
            try await store.put("c", [], lease: second)
            try await store.revoke(second)
            try await store.revoke(second)
            #expect(try await store.keys() == ["kept"])

            await #expect(throws: StoreError.self) { try await store.grantLease(timeToLive: .zero) }
        }
    }

    @Test(arguments: StoreKind.allCases) func watchesFromARevision(kind: StoreKind) async throws {
        let time = TestLeaseClock()
        try await withStores(of: kind, time: time, history: 20) { store, other in
            try await store.put("x/a", text: "1")
            try await store.put("y", text: "2")
            try await store.put("x/b", text: "3")
            try await store.delete("x/a")
            var past = try await store.watch(prefix: "x/", from: 1).makeAsyncIterator()
            #expect(try await past.next()?.line == "3 put x/b=3")
            #expect(try await past.next()?.line == "4 delete x/a")

            var future = try await store.watch(prefix: "x/", from: nil).makeAsyncIterator()
            try await other.put("x/c", text: "5")
            #expect(try await future.next()?.line == "5 put x/c=5")
            #expect(try await past.next()?.line == "5 put x/c=5")
            try await store.put("x/d", [UInt8(ascii: "6")], lease: try await store.grantLease(timeToLive: .seconds(1)))
            #expect(try await future.next()?.line == "6 put x/d=6")
            time.advance(milliseconds: 1000)
            #expect(try await future.next()?.line == "7 delete x/d")

            for _ in 0..<20 { try await store.put("y", []) }
            let error = await thrown(StoreError.self) { try await store.watch(prefix: "", from: 7) }
            #expect(
                error?.description
                    == "changes before revision 8 are no longer known; take a snapshot and watch from there")
            var snapshot = try await store.watch(prefix: "", from: 8).makeAsyncIterator()
            #expect(try await snapshot.next()?.line == "27 put y=")
        }
    }

    @Test(arguments: StoreKind.allCases) func losesNoUpdate(kind: StoreKind) async throws {
        try await withStores(of: kind) { store, other in
            try await store.put("number", text: "0")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for store in [store, other, store] {
                    group.addTask { for _ in 0..<20 { try await store.increase("number") } }
                }
                for try await _ in group {}
            }
            #expect(try await store.text("number") == "60")
            #expect(try await store.get("number")?.modRevision == 61)
        }
    }

    @Test(arguments: StoreKind.allCases) func namesTheHolderOfALock(kind: StoreKind) async throws {
        try await withStores(of: kind) { first, second in
            let lock = try await first.lock("environments/a", owner: "minke apply")
            #expect(lock.name == "environments/a")
            let other = try await second.lock("environments/b", owner: "minke apply")
            let error = await thrown(StoreError.self) { try await second.lock("environments/a", owner: "minke down") }
            let known = try #require(error?.holder)
            #expect(known.owner == "minke apply")
            #expect(known.process == Int(getpid()))
            await lock.release()
            await lock.release()
            let again = try await second.lock("environments/a", owner: "minke down")
            await lock.release()
            let taken = await thrown(StoreError.self) { try await first.lock("environments/a", owner: "minke apply") }
            #expect(taken?.holder?.owner == "minke down")
            await other.release()
            await again.release()
        }
    }

    @Test(arguments: StoreKind.allCases) func releasesALockWithItsOwner(kind: StoreKind) async throws {
        try await withStores(of: kind) { store, other in
            var lock: StoreLock? = try await store.lock("a", owner: "first")
            await #expect(throws: StoreError.self) { try await other.lock("a", owner: "second") }
            #expect(lock != nil)
            lock = nil
            lock = try await other.lock("a", owner: "second")
            let error = await thrown(StoreError.self) { try await store.lock("a", owner: "third") }
            #expect(error?.holder?.owner == "second")
            #expect(lock != nil)
        }
    }

    @Test(arguments: StoreKind.allCases) func releasesALockAfterAFailure(kind: StoreKind) async throws {
        try await withStores(of: kind) { store, other in
            let lock = try await store.lock("a", owner: "first")
            let number = try await lock.whileHeld {
                try await lock.requireHeld()
                await #expect(throws: StoreError.self) { try await other.lock("a", owner: "second") }
                return 7
            }
            #expect(number == 7)
            let again = try await other.lock("a", owner: "second")
            await #expect(throws: StoreError.compacted(oldest: 1)) {
                try await again.whileHeld { throw StoreError.compacted(oldest: 1) }
            }
            await #expect(throws: StoreError.lockLost(name: "a")) { try await again.requireHeld() }
            try await store.lock("a", owner: "third").release()
        }
    }

    @Test(arguments: StoreKind.allCases) func tellsThatALockWasLost(kind: StoreKind) async throws {
        try await withStore(of: kind) { store, loseLocks in
            let lock = try await store.lock("cloud", owner: "minke up")
            try await lock.requireHeld()
            try loseLocks()
            await #expect(throws: StoreError.lockLost(name: "cloud")) { try await lock.requireHeld() }
            // Another one has it by now.
            let other = try await store.lock("cloud", owner: "minke down")
            await #expect(throws: StoreError.lockLost(name: "cloud")) { try await lock.requireHeld() }
            await lock.release()
            try await other.requireHeld()
            await other.release()
            await #expect(throws: StoreError.lockLost(name: "cloud")) { try await other.requireHeld() }
        }
    }
}
