import Model
import Testing

@testable import Applying

/// Waits for a member that does not become healthy, which end as soon as they are in vain.
@Suite struct UnhealthyTests {
    private let verify = Action.verify(member: "web1", container: "web")

    /// A trial in which `web1` never answers its probe.
    private func trial(within: Duration = .seconds(20), method: Probe.Method? = nil) -> Trial {
        var trial = Trial()
        trial.addContainer("web", of: "web1")
        trial["web1"].probe = Probe(
            method: method ?? .tcp(port: 80, send: nil, expect: nil), timeout: .seconds(1), within: within)
        trial.prober.answer("web") { _ in false }
        return trial
    }

    /// The reason that a run gives.
    private func answer(_ trial: Trial) async -> String? { await trial.failure(Unhealthy.self, of: verify)?.answer }

    @Test func waitsForAMemberThatTakesItsTime() async throws {
        let trial = trial()
        trial.prober.answer("web") { $0 == 100 }
        try await trial.run(verify)
        #expect(trial.prober.tries(of: "web") == 100)
        #expect(trial.reporter.notes.first == "waiting for its probe: it is silent")
        #expect(trial.recorder.record(of: .member("web1")) != nil)
    }

    @Test func givesTheLastAnswerAndTheLog() async throws {
        let trial = trial()
        trial.engine.change("web") { $0?.log = "one\n\ntwo\n" }
        let error = try #require(await trial.failure(Unhealthy.self, of: verify))
        #expect(
            error.description == """
                web1 did not become healthy; the probe's last answer: it is silent
                its last log lines:
                one
                two
                """)
        #expect(trial.clock.pauses.reduce(.zero, +) == .seconds(20))
    }

    @Test func givesNoLogWhereThereIsNone() async throws {
        let trial = trial()
        trial.engine.fail(.log)
        #expect(await trial.failure(Unhealthy.self, of: verify)?.log == "")
    }

    /// The engine is asked less often than the member.
    @Test func looksAtTheContainerEveryHalfSecond() async throws {
        let trial = trial(within: .seconds(5))
        #expect(await answer(trial) != nil)
        #expect(trial.prober.tries(of: "web") == 101)
        #expect(trial.engine.count(.condition) == 11)
    }

    /// Each command in a container costs the engine.
    @Test func triesCommandsLessAndLessOften() async throws {
        let trial = trial(method: .exec(["check"]))
        #expect(await answer(trial) != nil)
        #expect(trial.clock.pauses.first == .milliseconds(50))
        #expect(trial.clock.pauses.max() == .seconds(2))
    }

    // MARK: A process that ends

    @Test func givesUpAProcessThatEndsAgainAndAgain() async throws {
        let trial = trial()
        trial.engine.atEachLook(at: "web") { container, look in
            container?.state = .restarting
            container?.restarts = look - 1
            container?.exitCode = 7
        }
        #expect(await answer(trial) == "its process ends again and again, 3 times by now, the last time with 7")
        #expect(trial.engine.count(.condition) == 4)
    }

    /// An engine knows no exit code of a process that it has started again.
    @Test func tellsNoExitCodeThatItDoesNotKnow() async throws {
        let trial = trial()
        trial.engine.atEachLook(at: "web") { container, look in container?.restarts = look - 1 }
        #expect(await answer(trial) == "its process ends again and again, 3 times by now")
    }

    @Test func tellsTheExitCodeOfAProcessThatRunsAgain() async throws {
        let trial = trial()
        trial.engine.atEachLook(at: "web") { container, look in
            container?.state = look == 2 ? .restarting : .running
            container?.restarts = look == 1 ? 0 : 1
            container?.exitCode = 7
        }
        #expect(
            await answer(trial)
                == "its process ends again and again, once by now, with 7; the probe's last answer: it is silent")
    }

    /// The time limit may come before the third end.
    @Test(arguments: [
        (1, "once by now, with 7"), (2, "2 times by now, the last time with 7"),
    ])
    func tellsOfFewerEndsAtTheTimeLimit(ends: Int, words: String) async throws {
        let trial = trial(within: .seconds(3))
        trial.engine.atEachLook(at: "web") { container, look in
            container?.state = .restarting
            container?.restarts = min(look - 1, ends)
            container?.exitCode = 7
        }
        #expect(
            await answer(trial)
                == "its process ends again and again, \(words); the probe's last answer: it is silent")
    }

    @Test func countsNoEndsOfBefore() async throws {
        let trial = trial()
        trial.engine.change("web") { $0?.restarts = 5 }
        #expect(await answer(trial) == "the probe's last answer: it is silent")
    }

    /// Somebody has started it, which has the engine count anew.
    @Test func countsAnewAfterAStart() async throws {
        let trial = trial()
        trial.engine.atEachLook(at: "web") { container, look in
            container?.restarts = [5, 0, 1, 2, 3][min(look - 1, 4)]
        }
        #expect(await answer(trial) == "its process ends again and again, 3 times by now")
        #expect(trial.engine.count(.condition) == 5)
    }

    @Test func takesAMemberThatAnswersAfterItsEnds() async throws {
        let trial = trial()
        trial.engine.atEachLook(at: "web") { container, look in container?.restarts = min(look - 1, 2) }
        trial.prober.answer("web") { $0 > 200 }
        try await trial.run(verify)
    }

    // MARK: A container that is gone or stopped

    @Test func noticesThatTheContainerIsPaused() async throws {
        let trial = trial()
        trial.engine.atEachLook(at: "web") { container, look in if look == 2 { container?.state = .paused } }
        #expect(await answer(trial) == "its container was paused meanwhile")
        #expect(trial.engine.count(.condition) == 2)
    }

    @Test func noticesThatTheContainerIsRemoved() async throws {
        let trial = trial()
        trial.engine.atEachLook(at: "web") { container, look in if look == 2 { container = nil } }
        #expect(await answer(trial) == "its container was removed meanwhile")
        #expect(trial.engine.count(.condition) == 2)
    }

    @Test(arguments: [ObservedContainer.State.exited, .dead])
    func noticesThatTheContainerStaysStopped(_ state: ObservedContainer.State) async throws {
        let trial = trial()
        trial.engine.atEachLook(at: "web") { container, look in
            if look > 1 { container?.state = state }
            container?.exitCode = 7
        }
        #expect(await answer(trial) == "its container ended with 7 and stays stopped")
        #expect(trial.engine.count(.condition) == 5)
    }

    /// A look can fall between an end and the new start.
    @Test func takesAContainerThatWasStoppedForAMoment() async throws {
        let trial = trial()
        trial.engine.atEachLook(at: "web") { container, look in
            container?.state = look.isMultiple(of: 4) ? .running : .exited
        }
        #expect(await answer(trial) == "the probe's last answer: it is silent")
    }

    @Test func noticesThatTheEngineIsOutOfReach() async throws {
        let trial = trial()
        trial.engine.fail(.condition)
        #expect(await answer(trial) == "the engine does not answer any more: the engine refuses")
        #expect(trial.engine.count(.condition) == 4)
    }

    @Test func takesAnEngineThatAnswersAgain() async throws {
        let trial = trial()
        for call in [1, 2, 3, 5, 6, 7] { trial.engine.fail(.condition, call: call) }
        trial.prober.answer("web") { $0 > 200 }
        try await trial.run(verify)
    }
}
