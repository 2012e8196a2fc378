import System
import Testing

/// Several streams of requests at the same time.
struct Loads: Sendable {
    let all: [Load]

    /// Runs `body` under the requests, and says what became of them. Nothing is waited for where `body` fails.
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

/// What the front wrote of requests that it passed on.
struct FrontLog {
    /// How many requests it answered, by the path with which they begin.
    private let lines: [String]

    /// What it wrote since a time, in seconds since 1970.
    init(since start: String, of scenario: Scenario) async throws {
        let text = try await scenario.minke("logs", "--since", start, "haproxy1").output
        lines = text.split(separator: "\n").map(String.init)
    }

    /// How many requests of a method for a path it passed on.
    func count(_ method: String, _ path: String) -> Int {
        lines.count { $0.contains("\"\(method) \(path) HTTP/") }
    }

    /// The requests whose connection to a server it had to try again: `option httplog` counts that after the numbers
    /// of connections, with a plus where it was another server in the end.
    var retried: [String] {
        lines.filter { line in
            guard let counts = line.firstMatch(of: #/ \d+/\d+/\d+/\d+/(\+?\d+) \d+/\d+ /#) else { return false }
            return counts.1 != "0"
        }
    }
}
