import Model
import Synchronization
import System
import Testing

@testable import CommandLine

@Suite struct EndingTests {
    private struct Broken: Error, CustomStringConvertible {
        let description = "the engine is gone"
    }

    @Test func printsProblemsOneALine() {
        let problems = Problems([
            Problem(
                at: Place(file: "environment.yaml", line: 3, column: 7), "no recipe 'keyston'", remedy: "try keystone"),
            Problem("there is no host"),
        ])
        #expect(
            Ending(of: problems, after: nil, isResumable: true)
                == Ending(
                    lines: ["environment.yaml:3:7: no recipe 'keyston'; try keystone", "minke: there is no host"],
                    exit: .usage))
    }

    @Test func tellsKindsOfErrorsApart() {
        #expect(
            Ending(of: Broken(), after: nil, isResumable: true)
                == Ending(lines: ["minke: the engine is gone"], exit: .failed))
        #expect(
            Ending(of: Refusal("no"), after: nil, isResumable: true) == Ending(lines: ["minke: no"], exit: .refused))
        #expect(
            Ending(of: CancellationError(), after: nil, isResumable: true)
                == Ending(lines: ["minke: stopped"], exit: .failed))
    }

    @Test func saysAfterASignalHowToGoOn() {
        let hint = "minke: stopped; the same command, run again, finishes the work"
        #expect(
            Ending(of: CancellationError(), after: .interrupt, isResumable: true)
                == Ending(lines: [hint], exit: .interrupted))
        #expect(
            Ending(of: Broken(), after: .terminate, isResumable: true)
                == Ending(lines: ["minke: the engine is gone", hint], exit: .stopped(.terminate)))
    }

    @Test func promisesNothingOfCommandsThatBeginAnew() {
        #expect(
            Ending(of: CancellationError(), after: .interrupt, isResumable: false)
                == Ending(lines: ["minke: stopped"], exit: .interrupted))
    }

    @Test func promisesNothingWhereTheQuestionWasNotAnswered() async throws {
        let arguments = try parse("build")
        do {
            try await arguments.confirm("Remove it?") { _ in throw CancellationError() }
            Issue.record("not refused")
        } catch {
            #expect("\(error)" == "nothing was done")
        }
        #expect(
            Ending(of: Refusal("nothing was done"), after: .interrupt, isResumable: true)
                == Ending(lines: ["minke: nothing was done", "minke: stopped"], exit: .interrupted))
    }

    @Test func exitStatusesAreTheDocumentedOnes() {
        let codes: [ExitCode] = [.done, .failed, .usage, .changes, .refused, .interrupted]
        #expect(codes.map(\.status) == [0, 1, 2, 3, 4, 130])
        #expect(ExitCode.documentation.map(\.status) == codes.map { "\($0.status)" })
        #expect(ExitCode.program(7).status == 7)
        #expect(ExitCode.stopped(.terminate).status == 143)
    }

    @Test(.timeLimit(.minutes(1))) func aSignalCancelsTheCommandAndASecondEndsTheProgram() async {
        let (signals, sender) = AsyncStream.makeStream(of: StopSignal.self)
        let (ended, endSender) = AsyncStream.makeStream(of: StopSignal.self)
        let run = StoppableRun(signals: signals, isResumable: true) { endSender.yield($0) }
        let exit = await run.run {
            sender.yield(.interrupt)
            await withTaskCancellationHandler {
                // Work in a task of its own is not cancelled and goes on until the program is ended.
                let ending = await Task { await ended.first { _ in true } }.value
                #expect(ending == .terminate)
            } onCancel: {
                sender.yield(.terminate)
            }
            throw CancellationError()
        }
        #expect(exit == .interrupted)
    }

    @Test func aCommandMayEndWellInSpiteOfASignal() async {
        let (signals, sender) = AsyncStream.makeStream(of: StopSignal.self)
        let run = StoppableRun(signals: signals, isResumable: true) { _ in Issue.record("ended") }
        let exit = await run.run {
            sender.yield(.interrupt)
            do {
                try await Task.sleep(for: .seconds(60))
                Issue.record("the signal has not cancelled the command")
            } catch {}
            return .done
        }
        #expect(exit == .done)
    }

    @Test func asksBeforeWhatIsLost() async throws {
        let asked = Mutex<[String]>([])
        func ask(answering answer: String) -> @Sendable (String) async throws -> String {
            { text in
                asked.withLock { $0.append(text) }
                return answer
            }
        }
        let arguments = try parse("build")
        try await arguments.confirm("Remove it?", asking: ask(answering: "y"))
        try await arguments.confirm("Remove it?", asking: ask(answering: "YES"))
        for answer in ["", "n", "yep"] {
            await #expect(throws: Refusal.self) {
                try await arguments.confirm("Remove it?", asking: ask(answering: answer))
            }
        }
        #expect(asked.withLock { $0 } == Array(repeating: "Remove it? [y/N] ", count: 5))
        try await parse("build", "--yes").confirm("Remove it?", asking: nil)
        do {
            try await arguments.confirm("Remove it?", asking: nil)
            Issue.record("not refused")
        } catch {
            #expect("\(error)" == "Remove it? There is no terminal to ask at: confirm with --yes; nothing was done")
        }
    }
}
