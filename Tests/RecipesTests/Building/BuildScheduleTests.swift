import Model
import System
import TestTools
import Testing

@testable import Building

@Suite struct BuildScheduleTests {
    private func node(_ name: String, _ needs: Set<String> = [], _ seconds: Double = 1) -> BuildSchedule.Node {
        BuildSchedule.Node(name: name, needs: needs, seconds: seconds)
    }

    /// Simulates a schedule in which each node takes its time, and returns the second of each start with the node's
    /// name.
    private func simulate(_ nodes: [BuildSchedule.Node], limit: Int) -> [String] {
        var schedule = BuildSchedule(nodes, limit: limit)
        var running: [(end: Double, name: String)] = []
        var starts: [String] = []
        var now = 0.0
        while !schedule.isFinished {
            for name in schedule.start() {
                let seconds = nodes.first { $0.name == name }?.seconds ?? 0
                running.append((now + seconds, name))
                starts.append("\(Int(now)) \(name)")
            }
            running.sort { $0 < $1 }
            guard let first = running.first else { break }
            running.removeFirst()
            now = first.end
            schedule.finish(first.name)
        }
        return starts
    }

    @Test func takesTheLongestPathFirst() {
        let nodes = [
            node("root"), node("a", ["root"], 3), node("b", ["root"], 3), node("long", ["root"], 2),
            node("longer", ["long"], 9), node("end", ["a"], 1),
        ]
        #expect(simulate(nodes, limit: 2) == ["0 root", "1 long", "1 a", "3 longer", "4 b", "7 end"])
        #expect(
            simulate(nodes, limit: 1).map { String($0.split(separator: " ")[1]) } == [
                "root", "long", "longer", "a", "b", "end",
            ])
    }

    @Test func failuresTakeOnlyWhatNeedsThem() {
        var schedule = BuildSchedule(
            [node("root"), node("a", ["root"]), node("b", ["root"]), node("c", ["a"]), node("d", ["c"])], limit: 4)
        #expect(schedule.start() == ["root"])
        schedule.finish("root")
        #expect(schedule.start() == ["a", "b"])
        #expect(schedule.fail("a") == ["c", "d"])
        #expect(schedule.start().isEmpty)
        #expect(!schedule.isFinished)
        schedule.finish("b")
        #expect(schedule.isFinished)
    }

    @Test func needsThatAreThereDoNotHold() {
        var schedule = BuildSchedule([node("a", ["present"])], limit: 1)
        #expect(schedule.start() == ["a"])
    }

    @Test func findsTheLineOfAStep() {
        let dockerfile = Dockerfile(
            """
            # comment
            ARG PARENT
            FROM ${PARENT}

            RUN one \\
                # inside
                && two

            ARG EXTRA=1
            copy <<END /file
            RUN not this
            END
            RUN last
            """)
        #expect(dockerfile.instructions.map(\.name) == ["ARG", "FROM", "RUN", "ARG", "COPY", "RUN"])
        #expect(dockerfile.line(ofStep: 3) == 5)
        #expect(dockerfile.line(ofStep: 6) == 13)
        #expect(dockerfile.line(ofStep: 7) == nil)
        #expect(dockerfile.argumentNames == ["PARENT", "EXTRA"])
    }

    @Test func saysWhenTheDiskIsTooSmall() throws {
        try DiskSpace.check(free: 3 << 30, bytes: 1 << 30, folder: "/x")
        let problem = thrown(Problems.self) {
            try DiskSpace.check(free: 1 << 30, bytes: 1 << 30, folder: "/x")
        }
        #expect(
            problem?.description
                == "the images to build need about 2147 MB in /x, 1074 MB are free; free some with `minke prune`, or build fewer images"
        )
    }

    @Test func quotes() {
        #expect(shellQuoted("it's") == "'it'\\''s'")
        #expect(instructionQuoted("a \"b\" $c\\") == "\"a \\\"b\\\" \\$c\\\\\"")
        #expect(labelInstruction(["b": "x y", "a": ""]) == "LABEL a=\"\" b=\"x y\"")
        #expect(plainText("\u{1b}[91mred\u{1b}[0m plain\u{8}") == "red plain")
        #expect(ImageList.fullLabel("openstack=nova") == "io.minke.openstack=nova")
        #expect(ImageList.fullLabel("a.b=c") == "a.b=c")
    }
}
