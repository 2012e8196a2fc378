import Model
import System
import TestTools
import Testing

@testable import Applying

/// Which steps run when. Names of volumes stand for what they do.
@Suite struct StepGraphTests {
    private func step(_ name: String, after: [Int] = []) -> Step {
        Step(.removeVolume(name: name), reason: "test", after: after, host: "local")
    }

    @Test func beginsWithTheLongestWay() async {
        let steps = [step("alone"), step("first"), step("second", after: [1]), step("third", after: [2])]
        let order = Locked<[Int]>([])
        let result = await StepGraph(steps: steps, width: 1, breadth: 1).run { number, _ in
            order.withLock { $0.append(number) }
        }
        #expect(order.value.first == 1)
        #expect(order.value.sorted() == [0, 1, 2, 3])
        #expect(result.failed.isEmpty)
        #expect(result.skipped.isEmpty)
    }

    /// A step that only waits lets another begin, without which it would wait for ever.
    @Test(.timeLimit(.minutes(1))) func whatWaitsMakesRoom() async {
        let steps = [step("a"), step("b"), step("c")]
        let begun = Locked(0)
        let result = await StepGraph(steps: steps, width: 1, breadth: 3).run { _, turn in
            begun.withLock { $0 += 1 }
            turn.giveWay()
            while begun.value < 3 { await Task.yield() }
        }
        #expect(result.failed.isEmpty)
        #expect(result.skipped.isEmpty)
    }

    @Test func neverMoreThanTheBreadth() async {
        let steps = (0..<20).map { step("\($0)") }
        let running = Locked((now: 0, most: 0))
        _ = await StepGraph(steps: steps, width: 2, breadth: 4).run { _, turn in
            running.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
            turn.giveWay()
            for _ in 0..<100 { await Task.yield() }
            running.withLock { $0.now -= 1 }
        }
        #expect((2...4).contains(running.value.most))
    }

    /// Steps that start processes anew are paced on each host; others go on beside them.
    @Test(.timeLimit(.minutes(1))) func startsAnewAtAPace() async {
        func restart(_ member: String, on host: String) -> Step {
            Step(.restart(member: member, container: member), reason: "test", host: host)
        }
        let steps =
            (0..<6).map { restart("\($0)", on: "one") } + (0..<3).map { restart("\($0)", on: "two") }
            + (0..<3).map { step("\($0)") }
        let running = Locked((starting: [String: Int](), most: [String: Int](), others: 0))
        var graph = StepGraph(steps: steps, width: 12, breadth: 12)
        graph.pace = ["one": 2]
        let result = await graph.run { number, turn in
            let step = steps[number]
            guard step.action.startsAnew else { return running.withLock { $0.others += 1 } }
            running.withLock {
                $0.starting[step.host, default: 0] += 1
                $0.most[step.host] = max($0.most[step.host] ?? 0, $0.starting[step.host] ?? 0)
            }
            turn.giveWay()
            // Those of the other host are under way all together.
            while step.host == "two", running.value.most["two"] != 3 { await Task.yield() }
            for _ in 0..<100 { await Task.yield() }
            running.withLock { $0.starting[step.host, default: 0] -= 1 }
            turn.settle()
        }
        #expect(result.skipped.isEmpty && result.failed.isEmpty)
        #expect(running.value.others == 3)
        #expect((running.value.most["one"] ?? 9) <= 2)
    }

    @Test func leavesOutWhatIsBehindAFailure() async {
        struct Broken: Error {}
        let steps = [step("a"), step("b", after: [0]), step("c", after: [1]), step("d")]
        let result = await StepGraph(steps: steps, width: 2, breadth: 6).run { number, _ in
            if number == 1 { throw Broken() }
        }
        #expect(result.failed.map(\.0) == [1])
        #expect(result.skipped == [2])
    }
}
