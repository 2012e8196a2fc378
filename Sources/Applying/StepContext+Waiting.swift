import Model
import System

extension StepContext {
    /// Tries a probe until it succeeds, for as long as its recipe says and its container can still come to answer.
    func waitUntilHealthy(
        member: String, probe: Probe, address: IPv4Address?, container: String
    ) async throws {
        let last = Locked("nothing was asked yet")
        turn.giveWay()
        var watch = ContainerWatch(container: container, host: host, clock: executor.clock)
        do {
            // Running a command in a container costs the engine a tenth of a second of processor time.
            let longest: Duration? = if case .exec = probe.method { .seconds(2) } else { nil }
            let hopeless = try await poll(
                every: .milliseconds(50), growingTo: longest, within: probe.within, for: member,
                clock: executor.clock
            ) { () -> Hopeless?? in
                let answer = await executor.prober.tryOnce(
                    probe, address: address, container: container, on: host)
                last.withLock { $0 = answer.words }
                if answer.isHealthy { return .some(nil) }
                note("waiting for its probe: \(answer.words)")
                return try await watch.look().map { .some($0) }
            }
            if let hopeless { throw Unhealthy(member: member, answer: hopeless.words, log: await log(of: container)) }
        } catch is TimedOut {
            let answers = [watch.ends, "the probe's last answer: \(last.withLock { $0 })"]
            throw Unhealthy(
                member: member, answer: answers.compactMap { $0 }.joined(separator: "; "),
                log: await log(of: container))
        }
    }

    /// Waits for the end of a job's container and returns its exit code.
    ///
    /// - Throws: `JobLost` where the container is removed or paused meanwhile, or the engine no longer answers.
    func waitForEnd(of container: String, _ label: String) async throws -> Int {
        try await withThrowingTaskGroup(of: Int.self) { [host, clock = executor.clock] group in
            group.addTask { try await host.wait(for: container) }
            group.addTask {
                var watch = ContainerWatch(container: container, host: host, isJob: true, clock: clock)
                while true {
                    try await clock.sleep(for: ContainerWatch.interval)
                    if let hopeless = try await watch.look() { throw JobLost(job: label, words: hopeless.words) }
                }
            }
            defer { group.cancelAll() }
            guard let status = try await group.next() else { throw CancellationError() }
            // A failure of a container that somebody removed is not the job's own.
            if status != 0, try await host.condition(of: container) == nil {
                throw JobLost(job: label, words: ContainerWatch.removed)
            }
            return status
        }
    }

    /// The end of a container's log; empty where the engine does not give it, so that it never hides a failure.
    func log(of container: String, lines: Int = 20) async -> String {
        (try? await host.log(of: container, lines: lines)) ?? ""
    }
}

/// The reason, as a clause, why waiting is in vain.
struct Hopeless: Sendable, Hashable {
    let words: String
}

/// A watch over a container that a step waits for: the engine knows at once that it is gone, stopped or paused.
struct ContainerWatch {
    let container: String
    let host: any HostEngine
    /// Whether the container is to end by itself.
    let isJob: Bool

    static let removed = "its container was removed meanwhile"
    /// The pause between two questions to the engine.
    static let interval = Duration.milliseconds(500)
    /// The number of ends at which a process is given up; the engine restarts it after ever longer pauses.
    private static let endsAllowed = 3
    /// The number of looks in a row, at a stopped container or without an answer of the engine, that end the waiting.
    private static let patience = 4

    /// The ends of its process since the first look, as a clause; nil where there were none.
    private(set) var ends: String?

    /// The time since the watch was made.
    private let elapsed: @Sendable () -> Duration
    private var next = Duration.zero
    private var restartsBefore: Int?
    /// The exit codes of the process, by the number of its end.
    private var exitCodes: [Int: Int] = [:]
    private var stopped = 0
    private var unanswered = 0

    init(container: String, host: any HostEngine, isJob: Bool = false, clock: any Clock<Duration>) {
        self.container = container
        self.host = host
        self.isJob = isJob
        elapsed = Self.stopwatch(clock)
    }

    private static func stopwatch(_ clock: some Clock<Duration>) -> @Sendable () -> Duration {
        let start = clock.now
        return { start.duration(to: clock.now) }
    }

    /// Asks the engine about the container; nil as long as waiting makes sense.
    mutating func look() async throws -> Hopeless? {
        let now = elapsed()
        guard now >= next else { return nil }
        next = now + Self.interval
        let condition: ContainerCondition?
        do {
            condition = try await host.condition(of: container)
            unanswered = 0
        } catch let error where !(error is CancellationError) {
            unanswered += 1
            return unanswered < Self.patience ? nil : Hopeless(words: "the engine does not answer any more: \(error)")
        }
        guard let condition else { return Hopeless(words: Self.removed) }
        switch condition.state {
        case .paused: return Hopeless(words: "its container was paused meanwhile")
        case .exited, .dead:
            if isJob { return nil }
            stopped += 1
            return stopped < Self.patience
                ? nil : Hopeless(words: "its container ended with \(condition.exitCode) and stays stopped")
        case .created, .running, .restarting, .removing:
            stopped = 0
            return complaint(ofEnds: condition)
        }
    }

    private mutating func complaint(ofEnds condition: ContainerCondition) -> Hopeless? {
        let before = restartsBefore ?? condition.restarts
        restartsBefore = min(before, condition.restarts)
        let count = condition.restarts - before
        guard count > 0 else { return nil }
        // The engine forgets the exit code as soon as it has started the process again.
        if condition.state == .restarting { exitCodes[count] = condition.exitCode }
        let times = count == 1 ? "once by now" : "\(count) times by now"
        let last = exitCodes[count].map { count == 1 ? ", with \($0)" : ", the last time with \($0)" } ?? ""
        let words = "its process ends again and again, \(times)\(last)"
        ends = words
        return count < Self.endsAllowed ? nil : Hopeless(words: words)
    }
}

/// The error of a member that did not become healthy in time.
public struct Unhealthy: Error, CustomStringConvertible {
    let member: String
    /// The reason, as a clause.
    let answer: String
    let log: String

    /// The member, the reason, and the last 20 lines of its log.
    public var description: String {
        "\(member) did not become healthy; \(answer)\nits last log lines:\n" + log.trimmedLines(last: 20)
    }
}

/// The error of a job whose container was lost before its end.
struct JobLost: Error, CustomStringConvertible {
    let job: String
    let words: String
    var description: String { "\(job) did not come to its end: \(words)" }
}
