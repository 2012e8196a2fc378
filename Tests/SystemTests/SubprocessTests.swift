import Glibc
import TestTools
import Testing

@testable import System

@Suite struct SubprocessTests {
    @Test func givesStatusAndBothOutputs() async throws {
        let result = try await Subprocess("sh", ["-c", "echo out; echo err >&2; exit 3"]).run()
        #expect(result.status == .exited(3))
        #expect(result.outputText == "out")
        #expect(result.errorText == "err")
    }

    @Test func drainsBothOutputsAtOnceWhileItFeeds() async throws {
        let input = [UInt8](repeating: 7, count: 1_000_000)
        let result = try await Subprocess("sh", ["-c", "tee /dev/stderr"], input: input).run()
        #expect(result.output == input)
        #expect(result.errors == input)
    }

    @Test func doesNotMindAChildThatReadsNothing() async throws {
        prepareStandardStreams()
        let result = try await Subprocess("true", input: [UInt8](repeating: 7, count: 1_000_000)).run()
        #expect(result.status == .exited(0))
    }

    @Test func setsEnvironmentAndFolder() async throws {
        let result = try await Subprocess(
            "/bin/sh", ["-c", "pwd; echo $A$B"], environment: .only(["A": "a b"]), directory: "/usr"
        ).run()
        #expect(result.outputText == "/usr\na b")
        let added = try await Subprocess("sh", ["-c", "echo $PATH-$A"], environment: .adding(["A": "1"])).run()
        #expect(added.outputText == "\(environmentVariable("PATH") ?? "")-1")
    }

    @Test func keepsOpenDescriptorsFromTheChild() async throws {
        let left = dup(1)
        defer { close(left) }
        let result = try await Subprocess("sh", ["-c", "ls /proc/$$/fd/"]).run()
        #expect(result.outputText == "0\n1\n2")
    }

    @Test func endsTheWholeGroupWhenTheTimeLimitPasses() async throws {
        var pids: [Int32] = []
        // On a busy machine, even starting the shell can take longer than a limit.
        for limit in [Duration.milliseconds(300), .seconds(3), .seconds(30)] where pids.isEmpty {
            let seen = Seen()
            let subprocess = Subprocess(
                "sh", ["-c", "trap '' TERM; sleep 600 & echo $! $$; wait; sleep 600"], timeLimit: limit,
                grace: .milliseconds(100)
            ) { _, piece in seen.append(piece) }
            await #expect(throws: TimedOut.self) { try await subprocess.run() }
            pids = seen.text.split(separator: " ").compactMap { Int32($0.filter(\.isNumber)) }
        }
        #expect(pids.count == 2)
        for pid in pids {
            try await wait(every: .milliseconds(5), within: .seconds(60), for: "the end of \(pid)") {
                !Files.exists("/proc/\(pid)/exe")
            }
        }
    }

    @Test func endsTheGroupWhenTheTaskIsCancelled() async throws {
        let seen = Seen()
        let task = Task {
            try await Subprocess("sh", ["-c", "sleep 600 & echo $!; wait"]) { _, piece in seen.append(piece) }.run()
        }
        try await wait(every: .milliseconds(2), within: .seconds(60), for: "output") { !seen.text.isEmpty }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        let pid = seen.text.filter(\.isNumber)
        try await wait(every: .milliseconds(5), within: .seconds(60), for: "its end") {
            !Files.exists("/proc/\(pid)/exe")
        }
    }

    @Test func doesNotWaitForAGrandchildThatKeepsThePipe() async throws {
        let result = try await Subprocess("sh", ["-c", "sleep 600 & echo $!"], timeLimit: .seconds(60)).run()
        #expect(result.status == .exited(0))
        _ = try await Subprocess("kill", [result.outputText]).run()
    }

    @Test func namesWhatCannotBeRun() async throws {
        let error = await thrown(SystemError.self) { try await Subprocess("no-such-program").run() }
        #expect(error?.description == "cannot run no-such-program: No such file or directory")
        let failure = await thrown(SubprocessFailure.self) {
            try await Subprocess("sh", ["-c", "echo bad >&2; kill -9 $$"]).run().checked()
        }
        #expect(failure?.description == "sh was killed by signal 9: bad")
    }

    @Test func offloadedWorkDoesNotWaitForOther() async throws {
        let gate = try Pipe()
        let reading = gate.reading
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<100 {
                group.addTask {
                    try await offload {
                        var byte: UInt8 = 0
                        #expect(readByte(reading.number, &byte) == 1)
                    }
                }
            }
            group.addTask {
                try await offload {
                    _ = writeAll(UnsafeRawBufferPointer(start: nil, count: 0), to: gate.writing.number)
                }
                let bytes = [UInt8](repeating: 1, count: 100)
                _ = bytes.withUnsafeBytes { writeAll($0, to: gate.writing.number) }
            }
            try await group.waitForAll()
        }
    }
}

private func readByte(_ descriptor: Int32, _ byte: inout UInt8) -> Int { read(descriptor, &byte, 1) }
