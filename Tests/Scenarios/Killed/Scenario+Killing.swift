import Synchronization

extension Scenario {
    /// Runs `up` and kills it at its n-th request that changes something, counted from zero.
    ///
    /// - Returns: how the run ended, and the request that it was killed at, or nil where it made fewer.
    func upKilled(
        at number: Int, _ moment: EngineProxy.Moment
    ) async throws -> (run: ProgramRun, request: EngineProxy.Request?) {
        try await killed(["up"], at: number, moment)
    }

    /// Runs the program and kills it at its n-th request that changes something, counted from zero.
    ///
    /// - Returns: how the run ended, and the request that it was killed at, or nil where it made fewer.
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
    /// Whether it may change something on the engine.
    var isChanging: Bool { !["GET", "HEAD"].contains(method) }
}
