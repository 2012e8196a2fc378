import System
import Testing

/// Several streams of requests at the same time.
struct Loads: Sendable {
    let all: [Load]

    /// Runs `body` under the requests, and returns their results. If `body` fails, the streams are cancelled.
    func during(_ scenario: Scenario, _ body: () async throws -> Void) async throws -> [Load.Result] {
        let running = Task {
            try await withThrowingTaskGroup(of: (Int, Load.Result).self) { group in
                for (index, load) in all.enumerated() { group.addTask { (index, try await load.run()) } }
                return try await group.reduce(into: [Int: Load.Result]()) { $0[$1.0] = $1.1 }
            }
        }
        do {
            try await scenario.eventually("all streams have begun") { all.allSatisfy(\.hasBegun) }
            try await body()
        } catch {
            running.cancel()
            throw error
        }
        for load in all { load.stop() }
        let results = try await running.value
        return try all.indices.map { index in
            let result = try #require(results[index])
            scenario.diary.add("\(result)")
            return result
        }
    }

    /// Requires that each stream had its rate, and that nothing was lost.
    func requireNothingLost(_ results: [Load.Result]) throws {
        for (load, result) in zip(all, results) {
            try load.requireRate(result)
            try #require(result.lost.isEmpty && result.answered == result.sent, "\(result)")
        }
    }
}

/// The front's log of the requests that it passed on.
struct FrontLog {
    /// The lines of the log.
    private let lines: [String]

    /// Reads the log since a time, in seconds since 1970.
    init(since start: String, of scenario: Scenario) async throws {
        let text = try await scenario.minke("logs", "--since", start, "haproxy1").output
        lines = text.split(separator: "\n").map(String.init)
    }

    /// The number of requests of a method for a path.
    func count(_ method: String, _ path: String) -> Int {
        lines.count { $0.contains("\"\(method) \(path) HTTP/") }
    }

    /// The requests for which the front had to retry the connection to a server. `option httplog` has the number of
    /// retries after those of connections, with a plus if another server was used in the end.
    var retried: [String] {
        lines.filter { line in
            guard let counts = line.firstMatch(of: #/ \d+/\d+/\d+/\d+/(\+?\d+) \d+/\d+ /#) else { return false }
            return counts.1 != "0"
        }
    }
}
