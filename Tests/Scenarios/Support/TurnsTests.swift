import Synchronization
import System
import Testing

@Suite struct TurnsTests {
    /// A value that several tasks share.
    private final class Seen<Element: Sendable>: Sendable {
        private let value: Mutex<Element>

        init(_ value: Element) { self.value = Mutex(value) }

        func change<Result: Sendable>(_ body: (inout Element) -> Result) -> Result { value.withLock { body(&$0) } }
        var now: Element { value.withLock { $0 } }
    }

    @Test func theLongestComesFirstOnceTheyAreOpen() async throws {
        let turns = Turns(count: 1)
        let order = Seen<[Double]>([])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for seconds in [30.0, 200, 5, 200, .infinity] {
                group.addTask {
                    await turns.take(expecting: seconds) { _ in order.change { $0.append(seconds) } }
                }
            }
            try await wait(every: .milliseconds(5), within: .seconds(60), for: "all to wait") {
                turns.waiting == 5
            }
            #expect(order.now == [])
            turns.open()
            try await group.waitForAll()
        }
        #expect(order.now == [.infinity, 200, 200, 30, 5])
        #expect(turns.waiting == 0)
    }

    @Test func noMoreThanItsCountRunAtATimeEachInAPlaceOfItsOwn() async {
        let turns = Turns(count: 2)
        turns.open()
        let places = Seen<Set<Int>>([])
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    await turns.take(expecting: 1) { place in
                        #expect(places.change { $0.insert(place).inserted })
                        #expect((0..<2).contains(place))
                        await Task.yield()
                        _ = places.change { $0.remove(place) }
                    }
                }
            }
        }
        #expect(places.now == [])
    }
}
