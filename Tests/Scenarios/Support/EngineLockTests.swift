import System
import TestTools
import Testing

@Suite struct EngineLockTests {
    private let lock = EngineLock()
    private let seen = Locked<[String]>([])
    private let goesOn = Locked(false)

    private func note(_ use: String) { seen.withLock { $0.append(use) } }

    private func until(_ what: String, _ condition: () -> Bool) async throws {
        try await wait(every: .milliseconds(5), within: .seconds(60), for: what) { condition() }
    }

    @Test func whoWantsItAloneForAPartWaitsForThoseThatUseItAndComesBeforeThoseThatWait() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await lock.share {
                    note("first shares")
                    try await until("the end of the first") { goesOn.value }
                    note("first ends")
                }
            }
            try await until("the first") { seen.value.count == 1 }
            group.addTask {
                await lock.share {
                    note("second shares")
                    await lock.aloneForAPart { note("second is alone") }
                    note("second shares again")
                }
            }
            try await until("the second to wait") { lock.waiting == 1 }
            group.addTask { await lock.share { note("third shares") } }
            group.addTask { await lock.alone { note("fourth is alone") } }
            try await until("all to wait") { lock.waiting == 3 }
            #expect(seen.value == ["first shares", "second shares"])
            goesOn.withLock { $0 = true }
            try await group.waitForAll()
        }
        let order = seen.value
        #expect(Array(order.prefix(4)) == ["first shares", "second shares", "first ends", "second is alone"])
        #expect(order.last == "fourth is alone")
        #expect(Set(order.dropFirst(4).prefix(2)) == ["second shares again", "third shares"])
    }

    @Test func whoWantsItAloneWaitsForThoseWhoseTurnIsToCome() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await lock.announce {
                    note("announced")
                    try await until("the turn") { goesOn.value }
                    await lock.share { note("shares") }
                }
            }
            try await until("the announcement") { seen.value.count == 1 }
            group.addTask { await lock.alone { note("alone") } }
            try await until("the other to wait") { lock.waiting == 1 }
            await lock.share { await lock.aloneForAPart { note("alone for a part") } }
            goesOn.withLock { $0 = true }
            try await group.waitForAll()
        }
        #expect(seen.value == ["announced", "alone for a part", "shares", "alone"])
    }

    @Test func aPartAloneEndsAlsoByAnError() async {
        struct Mistake: Error {}
        func fail() async throws { throw Mistake() }
        let error = await thrown(Mistake.self) { try await lock.share { try await lock.aloneForAPart(fail) } }
        #expect(error != nil)
        await lock.alone { note("alone") }
        #expect(seen.value == ["alone"])
    }
}
