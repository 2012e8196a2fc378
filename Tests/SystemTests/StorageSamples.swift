import Synchronization
import System

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
    func put(_ key: String, text: String) throws { try put(key, Array(text.utf8)) }

    func text(_ key: String) throws -> String? { try get(key).map { String(decoding: $0.value, as: UTF8.self) } }

    func keys(_ prefix: String = "") throws -> [String] { try range(prefix: prefix).map(\.key) }
}
