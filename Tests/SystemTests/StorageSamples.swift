import Synchronization
import System
import TestStorage

@testable import Storage

/// A clock of leases that only `advance` and `restart` move.
final class TestLeaseClock: Sendable {
    private let state = Mutex((boot: "first", now: 0))

    var clock: LeaseClock {
        LeaseClock(boot: { self.state.withLock { $0.boot } }, now: { self.state.withLock { $0.now } })
    }

    func advance(milliseconds: Int) { state.withLock { $0.now += milliseconds } }

    func restart(as boot: String) { state.withLock { $0 = (boot, 0) } }
}

/// Runs `body` with the path of a store that does not exist yet.
func withStorePath<T: Sendable>(_ body: @Sendable (String) async throws -> T) async throws -> T {
    try await Files.withTemporaryDirectory { try await body($0 + "/state/minke.db") }
}

/// A kind of store that the contract is tried with.
enum StoreKind: String, CaseIterable {
    case file
    case memory
}

/// Runs `body` with a new store, opened twice.
func withStores(
    of kind: StoreKind, time: TestLeaseClock = TestLeaseClock(), history: Int = 10_000,
    _ body: @Sendable (any Store, any Store) async throws -> Void
) async throws {
    switch kind {
    case .file:
        try await withStorePath { path in
            try await body(
                try await SQLiteStore(
                    path: path, clock: time.clock, watchInterval: .milliseconds(1), history: history),
                try await SQLiteStore(
                    path: path, clock: time.clock, watchInterval: .milliseconds(1), history: history))
        }
    case .memory:
        let store = MemoryStore(history: history, now: time.clock.now)
        try await body(store, store)
    }
}

/// Runs `body` with a new store, and with what makes it lose its locks.
func withStore(
    of kind: StoreKind, _ body: @Sendable (any Store, _ loseLocks: @Sendable () throws -> Void) async throws -> Void
) async throws {
    switch kind {
    case .file:
        try await withStorePath { path in
            let folder = SQLiteStore.lockFolder(for: path)
            try await body(try await SQLiteStore(path: path)) { try Files.move(folder, to: folder + "-away") }
        }
    case .memory:
        let store = MemoryStore()
        try await body(store) { store.loseLocks() }
    }
}

/// Runs `body` while a child runs that has printed its process ID. `body` may kill the child; otherwise it is ended
/// afterwards.
func withChild(
    _ program: String, _ arguments: [String], _ body: @Sendable (_ process: Int32) async throws -> Void
) async throws {
    let seen = Seen()
    let child = Subprocess(program, arguments, timeLimit: .seconds(60), grace: .zero) { channel, piece in
        if channel == .output { seen.append(piece) }
    }
    let run = Task { try await child.run() }
    defer { run.cancel() }
    let process = try await poll(every: .milliseconds(5), within: .seconds(120), for: "the child's first line") {
        seen.text.hasSuffix("\n") ? Int32(seen.text.dropLast()) : nil
    }
    try await body(process)
    run.cancel()
    _ = await run.result
}

extension StoreEvent {
    /// A line such as `3 put a=1`.
    var line: String {
        switch self {
        case .put(let entry): "\(revision) put \(key)=\(String(decoding: entry.value, as: UTF8.self))"
        case .delete: "\(revision) delete \(key)"
        }
    }
}

extension Store {
    func put(_ key: String, text: String) async throws { try await put(key, Array(text.utf8)) }

    func text(_ key: String) async throws -> String? {
        try await get(key).map { String(decoding: $0.value, as: UTF8.self) }
    }

    func keys(_ prefix: String = "") async throws -> [String] { try await range(prefix: prefix).map(\.key) }

    /// Adds one to a number by compare-and-set, repeated until it succeeds.
    func increase(_ key: String) async throws {
        while true {
            let entry = try await get(key)
            let number = Int(String(decoding: entry?.value ?? [], as: UTF8.self)) ?? 0
            if try await compareAndSet(key, Array("\(number + 1)".utf8), expecting: entry?.modRevision) { return }
        }
    }
}

extension StoreError {
    /// The holder of a lock that is taken.
    var holder: LockHolder? { if case .lockHeld(_, let holder) = self { holder } else { nil } }
}
