import System

/// Pings ten times a second, until it is stopped, ten minutes at most.
final class Pings: Sendable {
    private let address: String
    private let isStopped = Locked(false)

    init(of address: String) { self.address = address }

    /// Whether a ping is answered.
    static func answers(_ address: String) async throws -> Bool {
        try await Subprocess("busybox", ["ping", "-c", "1", "-W", "2", address], timeLimit: .seconds(10)).run().status
            .isSuccess
    }

    func stop() { isStopped.withLock { $0 = true } }

    func run() async throws -> (sent: Int, lost: Int) {
        var sent = 0
        var lost = 0
        while !isStopped.value, sent < 6000 {
            // An answer that comes late, on a busy machine, is one too; those of a second are sent together.
            let run = try await Subprocess(
                "busybox", ["ping", "-i", "0.1", "-c", "10", "-W", "10", address], timeLimit: .seconds(60)
            ).run()
            let words =
                run.outputText.split(separator: "\n").first { $0.contains("packets transmitted") }?
                .split(separator: " ") ?? []
            sent += words.first.flatMap { Int($0) } ?? 10
            lost += (words.first.flatMap { Int($0) } ?? 10) - (words.dropFirst(3).first.flatMap { Int($0) } ?? 0)
        }
        return (sent, lost)
    }
}
