import System

/// A stream of pings, ten per second, until it is stopped, for twenty minutes at most.
final class Pings: Sendable {
    static let perSecond = 10.0

    private let address: String
    private let isStopped = Locked(false)

    init(of address: String) { self.address = address }

    /// Whether a ping is answered.
    static func answers(_ address: String, within seconds: Int = 2) async throws -> Bool {
        try await Subprocess(
            "busybox", ["ping", "-c", "1", "-W", "\(seconds)", address], timeLimit: .seconds(seconds + 8)
        ).run().status.isSuccess
    }

    func stop() { isStopped.withLock { $0 = true } }

    /// The result of a stream of pings.
    struct Answers: CustomStringConvertible {
        /// The time of the first ping, in seconds since 1970.
        let start: Double
        let sent: Int
        /// The times at which the unanswered pings were sent, in seconds since the first.
        let lost: [Double]

        var description: String {
            let moments = lost.map { "\($0) s" }.joined(separator: ", ")
            return "\(lost.count) of \(sent) pings lost, sent after \(moments)"
        }
    }

    func run() async throws -> Answers {
        let start = ContinuousClock.now
        let moment = Double(millisecondsSince1970()) / 1000
        return try await withThrowingTaskGroup(of: Double?.self) { group in
            var sent = 0
            while !isStopped.value, sent < 12000 {
                let time = start.duration(to: .now) / .seconds(1)
                // Each ping is a process of its own: a process that sends several waits only a second for the last
                // answer, and counts a later one, as on a busy machine, as lost.
                group.addTask { [address] in
                    try await Self.answers(address, within: 10) ? nil : (time * 10).rounded() / 10
                }
                sent += 1
                try await ContinuousClock().sleep(until: start + .milliseconds(100) * sent)
            }
            let lost = try await group.reduce(into: [Double]()) { lost, moment in
                if let moment { lost.append(moment) }
            }
            return Answers(start: moment, sent: sent, lost: lost.sorted())
        }
    }
}
