import TestTools
import Testing

@testable import Storage

@Suite struct StorageTests {
    @Test func countsRevisions() async throws {
        try await withStorePath { path in
            let store = try SQLiteStore(path: path)
            #expect(try store.snapshot(prefix: "") == StoreSnapshot(revision: 0, entries: []))
            #expect(try store.put("a", [1]) == 1)
            #expect(try store.put("b", []) == 2)
            #expect(try store.put("a", [0, 255]) == 3)
            #expect(try store.get("a") == StoreEntry(key: "a", value: [0, 255], createRevision: 1, modRevision: 3))
            #expect(try store.get("b") == StoreEntry(key: "b", value: [], createRevision: 2, modRevision: 2))
            try store.delete("a")
            try store.delete("a")
            #expect(try store.get("a") == nil)
            #expect(try store.put("a", [2]) == 5)
            #expect(try store.get("a")?.createRevision == 5)
            #expect(try SQLiteStore(path: path).snapshot(prefix: "") == store.snapshot(prefix: ""))
        }
    }

    @Test func sortsKeysByBytesAndKeepsToPrefixes() async throws {
        try await withStorePath { path in
            let store = try SQLiteStore(path: path)
            let keys = [
                "a", "a/", "a/1", "a/10", "a/\u{D7FF}x", "a/\u{E000}", "a/\u{10FFFF}z", "a0", "B", "é", "z\0y", "z",
            ]
            for key in keys { try store.put(key, text: key) }
            #expect(
                try store.keys() == [
                    "B", "a", "a/", "a/1", "a/10", "a/\u{D7FF}x", "a/\u{E000}", "a/\u{10FFFF}z", "a0", "z", "z\0y", "é",
                ])
            #expect(try store.keys("a/1") == ["a/1", "a/10"])
            #expect(try store.keys("a/\u{D7FF}") == ["a/\u{D7FF}x"])
            #expect(try store.keys("a/\u{10FFFF}") == ["a/\u{10FFFF}z"])
            #expect(try store.keys("e") == [])
            try store.delete("z")
            #expect(try store.text("z\0y") == "z\0y")
            try store.delete(prefix: "a/")
            #expect(try store.keys() == ["B", "a", "a0", "z\0y", "é"])
            #expect(try store.snapshot(prefix: "").revision == 14)
            try store.delete(prefix: "a/")
            #expect(try store.snapshot(prefix: "").revision == 14)
        }
    }

    @Test func carriesOutAllOrNothing() async throws {
        try await withStorePath { path in
            let store = try SQLiteStore(path: path)
            try store.put("a", [1])
            let transaction = StoreTransaction(
                when: [.modRevision("a", 1), .createRevision("a", 1), .value("a", [1]), .present("a"), .absent("b")],
                [.put(key: "b", value: [2]), .put(key: "c", value: [3]), .delete(key: "a")],
                otherwise: [.put(key: "again", value: [])])
            #expect(try store.commit(transaction) == StoreOutcome(succeeded: true, revision: 2))
            #expect(try store.range(prefix: "").map(\.modRevision) == [2, 2])
            #expect(try store.commit(transaction) == StoreOutcome(succeeded: false, revision: 3))
            #expect(try store.keys() == ["again", "b", "c"])
            #expect(throws: StoreError.leaseLapsed(LeaseID(rawValue: 7))) {
                try store.commit(
                    StoreTransaction([
                        .delete(key: "b"), .put(key: "d", value: [], lease: LeaseID(rawValue: 7)),
                    ]))
            }
            #expect(try store.keys() == ["again", "b", "c"])
            #expect(try store.compareAndSet("d", [1], expecting: nil))
            #expect(try !store.compareAndSet("d", [2], expecting: nil))
            #expect(try !store.compareAndSet("d", [2], expecting: 3))
            #expect(try store.compareAndSet("d", [2], expecting: 4))
            #expect(try store.get("d")?.value == [2])
        }
    }

    @Test func refusesWhatContradictsItself() async throws {
        try await withStorePath { path in
            let store = try SQLiteStore(path: path)
            let put = StoreOperation.put(key: "a/b", value: [])
            let refused: [(String, [StoreOperation])] = [
                ("a key is empty", [.put(key: "", value: [])]),
                ("a transaction puts a/b twice", [put, put]),
                ("a transaction both puts and deletes a/b", [put, .delete(key: "a/b")]),
                ("a transaction both puts and deletes keys below a/", [.deleteAll(prefix: "a/"), put]),
                ("an empty prefix would delete everything", [.deleteAll(prefix: "")]),
            ]
            for (message, operations) in refused {
                let error = thrown(StoreError.self) { try store.commit(StoreTransaction(operations)) }
                #expect(error?.description == message)
            }
            #expect(try store.snapshot(prefix: "").revision == 0)
        }
    }

    @Test func endsLeasesWithTheirKeys() async throws {
        try await withStorePath { path in
            let time = TestLeaseClock()
            let store = try SQLiteStore(path: path, clock: time.clock)
            let other = try SQLiteStore(path: path, clock: time.clock)
            let lease = try store.grantLease(timeToLive: .seconds(10))
            try store.put("a", [1], lease: lease)
            try store.put("b", [2], lease: lease)
            try store.put("kept", [3], lease: lease)
            try store.put("kept", [4])
            #expect(try other.get("a")?.lease == lease)
            #expect(try other.get("kept")?.lease == nil)
            time.advance(milliseconds: 9_999)
            #expect(try other.remaining(lease) == .milliseconds(1))
            try other.keepAlive(lease)
            time.advance(milliseconds: 9_999)
            #expect(try store.keys() == ["a", "b", "kept"])
            time.advance(milliseconds: 1)
            #expect(try other.keys() == ["kept"])
            #expect(try other.snapshot(prefix: "").revision == 5)
            #expect(try store.remaining(lease) == nil)
            let late = thrown(StoreError.self) { try store.keepAlive(lease) }
            #expect(late?.description == "lease 1 has lapsed or never was; grant a new one and put its keys again")
            #expect(throws: StoreError.leaseLapsed(lease)) { try store.put("a", [1], lease: lease) }

            let second = try store.grantLease(timeToLive: .seconds(10))
            #expect(second != lease)
            try store.put("c", [], lease: second)
            try store.revoke(second)
            try store.revoke(second)
            #expect(try store.keys() == ["kept"])

            try store.put("d", [], lease: try store.grantLease(timeToLive: .seconds(10)))
            time.restart(as: "second")
            #expect(try store.keys() == ["kept"])
            #expect(throws: StoreError.self) { try store.grantLease(timeToLive: .zero) }
        }
    }

    @Test func watchesFromARevision() async throws {
        try await withStorePath { path in
            let time = TestLeaseClock()
            let store = try SQLiteStore(path: path, clock: time.clock, watchInterval: .milliseconds(1), history: 20)
            let other = try SQLiteStore(path: path, clock: time.clock)
            try store.put("x/a", text: "1")
            try store.put("y", text: "2")
            try store.put("x/b", text: "3")
            try store.delete("x/a")
            var past = try store.watch(prefix: "x/", from: 1).makeAsyncIterator()
            #expect(try await past.next()?.line == "3 put x/b=3")
            #expect(try await past.next()?.line == "4 delete x/a")

            var future = try store.watch(prefix: "x/", from: nil).makeAsyncIterator()
            try other.put("x/c", text: "5")
            #expect(try await future.next()?.line == "5 put x/c=5")
            #expect(try await past.next()?.line == "5 put x/c=5")
            try store.put("x/d", [UInt8(ascii: "6")], lease: try store.grantLease(timeToLive: .seconds(1)))
            #expect(try await future.next()?.line == "6 put x/d=6")
            time.advance(milliseconds: 1000)
            #expect(try await future.next()?.line == "7 delete x/d")

            for _ in 0..<20 { try store.put("y", []) }
            let error = thrown(StoreError.self) { try store.watch(prefix: "", from: 7) }
            #expect(
                error?.description
                    == "changes before revision 8 are no longer known; take a snapshot and watch from there")
            var snapshot = try store.watch(prefix: "", from: 8).makeAsyncIterator()
            #expect(try await snapshot.next()?.line == "27 put y=")
        }
    }
}
