import Dispatch
import Model
import Synchronization
import System
import Testing

/// A program that is killed at one request after another. A plain `up` must then make everything as an undisturbed run
/// does, and leave nothing to do.
@Suite struct KilledTests {
    /// Whether it is killed at every request and moment instead of at some: `MINKE_TEST_THOROUGH=1`.
    static let isThorough = environmentVariable("MINKE_TEST_THOROUGH") != nil

    /// The number of points at which each of the three kinds of `up` is killed.
    private static let points = 20
    /// The number of points at which it must really have been killed, for all three kinds more than 50. A run can be a
    /// few requests shorter than the one that was counted, and it ends by itself if it is killed after its last answer.
    private static let kills = 17

    @Test func finishesAFirstUp() async throws {
        try await Scenario.run("killed-first") { scenario in
            try await prepare(scenario)
            try declare(tills: 2, lock: "simple", in: scenario)
            try await scenario.minke("up")
            let wanted = try await EndState(of: scenario)
            try await scenario.minke("down", "--volumes", "--yes")
            let count = try await undisturbed(in: scenario)
            try await scenario.minke("down", "--volumes", "--yes")
            var kills = 0
            for point in points(of: count, take: Self.points, offset: 0) {
                kills += try await kill(at: point, in: scenario) ? 1 : 0
                try await requireFinished(wanted, after: point, in: scenario)
                try await scenario.minke("down", "--volumes", "--yes")
            }
            try #require(kills >= Self.kills)
        }
    }

    @Test func finishesAReplacingUp() async throws {
        try await Scenario.run("killed-replacing") { scenario in
            try await prepare(scenario)
            try declare(tills: 2, lock: "simple", in: scenario)
            try await alternate(in: scenario, offset: 1) { turn in
                try await scenario.makeImages(["shop", "vault"], version: turn ? "2" : "1")
            }
        }
    }

    @Test func finishesAnUpThatChangesTheConfiguration() async throws {
        try await Scenario.run("killed-changing") { scenario in
            try await prepare(scenario)
            try await alternate(in: scenario, offset: 2) { turn in
                // The shop is reloaded by a signal, the vault is restarted, the second shop is replaced.
                try declare(greeting: turn ? "hi" : "hello", lock: turn ? "double" : "simple", in: scenario)
            }
        }
    }

    /// The situation of a run after one that was killed while the engine restarted a member for it.
    @Test func finishesWhereMembersEndBeforeTheyAreTold() async throws {
        try await Scenario.run("killed-ending") { scenario in
            try await prepare(scenario)
            try declare(lock: "simple", in: scenario)
            try await scenario.minke("up")
            try declare(greeting: "hi", lock: "double", in: scenario)
            try await scenario.minke("up")
            let wanted = try await EndState(of: scenario)
            try declare(lock: "simple", in: scenario)
            try await scenario.minke("up")

            scenario.step("a member that takes a signal and one that is restarted end before they get their files")
            try declare(greeting: "hi", lock: "double", in: scenario)
            let left = Mutex(Set([try await scenario.member("shop1").id, try await scenario.member("vault1").id]))
            let engine = scenario.engine
            let proxy = try EngineProxy(
                socket: "\(scenario.folder)/engine.sock", engine: scenario.engineAddress
            ) { request in
                let words = request.path.split(separator: "/").map(String.init)
                guard words.count == 3, words[2] == "exec", left.withLock({ $0.remove(words[1]) }) != nil else {
                    return nil
                }
                let stopped = DispatchSemaphore(value: 0)
                Task {
                    defer { stopped.signal() }
                    try await engine.stopContainer(words[1])
                }
                stopped.wait()
                return nil
            }
            defer { proxy.stop() }
            try await scenario.minke("up", through: proxy.address)
            try #require(left.withLock { $0.isEmpty })
            try await requireEverything(as: wanted, in: scenario)
        }
    }

    // MARK: Points

    /// The n-th request that changes something, and the moment within its exchange.
    struct Point: Sendable, CustomStringConvertible {
        let request: Int
        let moment: EngineProxy.Moment
        var description: String { "killed at changing request \(request), \(moment.rawValue)" }
    }

    /// Some of all points, spread over the requests, with the moments in turn.
    private func points(of count: Int, take: Int, offset: Int) -> [Point] {
        let moments = EngineProxy.Moment.allCases
        if Self.isThorough {
            return (0..<count).flatMap { request in moments.map { Point(request: request, moment: $0) } }
        }
        let taken = min(take, count)
        return (0..<taken).map { index in
            Point(request: index * count / taken, moment: moments[(index + offset) % moments.count])
        }
    }

    // MARK: Steps

    private func prepare(_ scenario: Scenario) async throws {
        try await scenario.makeImages(["ledger", "shop", "vault"])
        for (name, text) in [("ledger", "pass"), ("seal", "otter"), ("combination", "1234")] {
            try Files.write("\(text)\n", to: "\(scenario.folder)/\(name)", mode: 0o600)
        }
    }

    private func declare(
        greeting: String = "hello", tills: Int = 2, lock: String, in scenario: Scenario
    ) throws {
        try scenario.declare(
            """
            secrets:
              shop.ledger: {file: ledger}
              shop.seal: {file: seal}
              vault.combination: {file: combination}
            services:
              ledger: 1
              shop: {replicas: 1, settings: {greeting: \(greeting), tills: \(tills)}}
              vault: {settings: {lock: \(lock)}}
            """)
    }

    /// Changes the environment back and forth, and kills each `up` at another point.
    private func alternate(
        in scenario: Scenario, offset: Int, _ change: (Bool) async throws -> Void
    ) async throws {
        var turn = false
        for _ in 0..<2 {
            try await change(turn)
            try await scenario.minke("up")
            turn.toggle()
        }
        var wanted: [Bool: EndState] = [:]
        // The two directions can take different numbers of requests; the points are those of the shorter one.
        var count = Int.max
        for _ in 0..<2 {
            try await change(turn)
            count = min(count, try await undisturbed(in: scenario))
            wanted[turn] = try await EndState(of: scenario)
            turn.toggle()
        }
        var kills = 0
        let chosen = points(of: count, take: Self.points, offset: offset)
        for point in chosen {
            try await change(turn)
            kills += try await kill(at: point, in: scenario) ? 1 : 0
            try await requireFinished(try #require(wanted[turn]), after: point, in: scenario)
            turn.toggle()
        }
        try #require(kills >= min(Self.kills, chosen.count - 3))
    }

    /// Brings the environment up, and returns the number of requests that change something.
    private func undisturbed(in scenario: Scenario) async throws -> Int {
        let proxy = try EngineProxy(socket: "\(scenario.folder)/engine.sock", engine: scenario.engineAddress)
        defer { proxy.stop() }
        try await scenario.minke("up", through: proxy.address)
        return proxy.requests.filter(\.isChanging).count
    }

    /// Runs `up`, kills it at a point, and returns whether it was really killed.
    private func kill(at point: Point, in scenario: Scenario) async throws -> Bool {
        let (run, request) = try await scenario.upKilled(at: point.request, point.moment)
        // Probes are tried as often as it takes, so a run can be a few requests shorter than another.
        if request != nil, point.moment != .afterAnswer { try #require(run.status == 137) }
        return run.status == 137
    }

    private func requireFinished(_ wanted: EndState, after point: Point, in scenario: Scenario) async throws {
        try await scenario.minke("up")
        try await requireEverything(as: wanted, after: point, in: scenario)
    }

    private func requireEverything(
        as wanted: EndState, after point: Point? = nil, in scenario: Scenario
    ) async throws {
        // A service reads its files a moment after the signal.
        try? await scenario.eventually("everything is as it should be", within: .seconds(3)) {
            try await EndState(of: scenario) == wanted
        }
        let state = try await EndState(of: scenario)
        try #require(state == wanted, "\(point?.description ?? ""):\n\(state.differences(from: wanted))")
        try await scenario.requireNothingToDo()
    }
}
