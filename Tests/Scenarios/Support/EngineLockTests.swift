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

    @Test func aTestThatWantsItAloneWaitsForThoseThatShareItAndOthersWaitForIt() async throws {
        let isOver = Locked(false)
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
                try await lock.alone {
                    note("second is alone")
                    try await until("the end of the second") { isOver.value }
                    note("second ends")
                }
            }
            try await until("the second to wait") { lock.waiting == 1 }
            #expect(seen.value == ["first shares"])
            goesOn.withLock { $0 = true }
            try await until("the second") { seen.value.count == 3 }
            group.addTask { await lock.share { note("third shares") } }
            try await until("the third to wait") { lock.waiting == 1 }
            isOver.withLock { $0 = true }
            try await group.waitForAll()
        }
        #expect(seen.value == ["first shares", "first ends", "second is alone", "second ends", "third shares"])
    }

    @Test func aTestThatWantsItAloneWaitsForThoseWhoseTurnIsToCome() async throws {
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
            await lock.share { note("another one shares") }
            goesOn.withLock { $0 = true }
            try await group.waitForAll()
        }
        #expect(seen.value == ["announced", "another one shares", "shares", "alone"])
    }

    @Test func itIsFreeAfterAnError() async {
        struct Mistake: Error {}
        func fail() async throws { throw Mistake() }
        #expect(await thrown(Mistake.self) { try await lock.share(fail) } != nil)
        #expect(await thrown(Mistake.self) { try await lock.alone(fail) } != nil)
        await lock.alone { note("alone") }
        #expect(seen.value == ["alone"])
    }
}
