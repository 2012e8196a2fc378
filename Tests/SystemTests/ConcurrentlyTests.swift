import Testing

@testable import System

/// Work on all elements of a list, a limited number at a time.
@Suite struct ConcurrentlyTests {
    /// Work on numbers that counts how much of it is under way.
    private struct Work: Sendable {
        private let state = Locked((running: 0, most: 0))

        func double(_ number: Int) async -> Int {
            state.withLock {
                $0.running += 1
                $0.most = max($0.most, $0.running)
            }
            // Later ones end earlier.
            for _ in 0..<(20 - number) * 10 { await Task.yield() }
            state.withLock { $0.running -= 1 }
            return number * 2
        }

        /// Expects the results to be in order, and that no more than `limit` were under way.
        func check(_ results: [Int], limit: Int) {
            #expect(results == (0..<20).map { $0 * 2 })
            #expect(state.value.most >= 1 && state.value.most <= max(1, limit))
        }
    }

    @Test(arguments: [0, 1, 3, 100]) func keepsTheOrderAndTheLimit(limit: Int) async throws {
        let work = Work()
        work.check(await concurrently(Array(0..<20), atMost: limit) { await work.double($0) }, limit: limit)
        let careful = Work()
        let results = try await concurrently(Array(0..<20), atMost: limit) { number in
            try Task.checkCancellation()
            return await careful.double(number)
        }
        careful.check(results, limit: limit)
    }

    @Test func theFirstErrorEndsTheOthers() async throws {
        struct Failure: Error {}
        let ended = Locked(false)
        await #expect(throws: Failure.self) {
            _ = try await concurrently([true, false]) { fails in
                if fails { throw Failure() }
                try? await Task.sleep(for: .seconds(60))
                ended.withLock { $0 = Task.isCancelled }
            }
        }
        #expect(ended.value)
    }

    @Test func ofNothingIsNothing() async {
        let results = await concurrently([Int]()) { $0 }
        #expect(results == [])
    }
}
