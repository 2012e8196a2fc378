import DockerEngine
import Glibc
import Model
import Synchronization
import Testing

extension Scenario {
    /// Runs `up` and kills it when the front logs its n-th request to Keystone, counted from one, logins excepted:
    /// somewhere between that request and the next ones.
    ///
    /// - Returns: whether it was killed; false if it ended well before.
    func upKilled(atRequestToKeystone number: Int) async throws -> Bool {
        step("killed at request \(number) to Keystone")
        let proxy = try EngineProxy(socket: "\(folder)/engine.sock", engine: engineAddress)
        defer { proxy.stop() }
        let began = now()
        let seen = Mutex(0)
        let watching = Task {
            try await eventually("there is a front", within: .seconds(600)) {
                try await containers().contains { $0.labels[Labels.member] == "haproxy1" && $0.state == .running }
            }
            let front = try await member("haproxy1").id
            var rest = ""
            for try await chunk in try await engine.followLogs(of: front, LogSelection(since: began)) {
                rest += chunk.text
                while let end = rest.firstIndex(of: "\n") {
                    let line = rest[..<end]
                    rest = String(rest[rest.index(after: end)...])
                    guard line.contains(#/"[A-Z]+ /v3/(?!auth/)[a-z]/#) else { continue }
                    let count = seen.withLock { count in
                        count += 1
                        return count
                    }
                    if count == number, let process = proxy.client { kill(process, SIGKILL) }
                }
            }
        }
        defer { watching.cancel() }
        let run = try await start(["up"], through: proxy.address)
        diary.add("it was seen to send \(seen.withLock { $0 }) requests to Keystone")
        if run.status == 137 {
            try #require(seen.withLock { $0 } >= number)
            return true
        }
        try #require(run.status == 0, "\(run.errors)")
        return false
    }

    /// Runs `up` and kills it at its n-th request that changes something, counted from zero.
    ///
    /// - Returns: the ended run, and the request at which it was killed; nil if it made fewer requests.
    func upKilled(
        at number: Int, _ moment: EngineProxy.Moment
    ) async throws -> (run: ProgramRun, request: EngineProxy.Request?) {
        try await killed(["up"], at: number, moment)
    }

    /// Runs the program and kills it at its n-th request that changes something, counted from zero.
    ///
    /// - Returns: the ended run, and the request at which it was killed; nil if it made fewer requests.
    func killed(
        _ words: [String], at number: Int, _ moment: EngineProxy.Moment
    ) async throws -> (run: ProgramRun, request: EngineProxy.Request?) {
        step("killed at changing request \(number), \(moment.rawValue)")
        let seen = Mutex(0)
        let killedAt = Mutex<EngineProxy.Request?>(nil)
        let proxy = try EngineProxy(socket: "\(folder)/engine.sock", engine: engineAddress) { request in
            guard request.isChanging else { return nil }
            let count = seen.withLock { count in
                defer { count += 1 }
                return count
            }
            guard count == number else { return nil }
            killedAt.withLock { $0 = request }
            return moment
        }
        defer { proxy.stop() }
        let run = try await start(words, through: proxy.address)
        let request = killedAt.withLock { $0 }
        diary.add("that was \(request?.description ?? "never reached")")
        return (run, request)
    }
}

extension EngineProxy.Request {
    /// Whether the request may change something on the engine.
    var isChanging: Bool { !["GET", "HEAD"].contains(method) }
}
