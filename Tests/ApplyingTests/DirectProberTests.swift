import Model
import Testing

@testable import Applying

/// Probes by a command in the container.
@Suite struct DirectProberTests {
    private func answer(
        timeout: Duration = .seconds(60), _ prepare: (FakeEngine) -> Void = { _ in }
    ) async -> ProbeAnswer {
        let engine = FakeEngine(Journal())
        engine.change("web") { $0 = FakeEngine.Container(name: "cloud-web1", state: .running) }
        prepare(engine)
        let probe = Probe(method: .exec(["check", "all"]), timeout: timeout, within: .seconds(60))
        return await DirectProber().tryOnce(probe, address: nil, container: "web", on: engine)
    }

    @Test func succeedWithTheCommand() async {
        #expect(await answer() == ProbeAnswer(isHealthy: true, words: "`check all` succeeds"))
    }

    @Test func failWithTheCommand() async {
        let answer = await answer { $0.answer("check", status: 2, errors: "first\nsecond\n") }
        #expect(answer == ProbeAnswer(isHealthy: false, words: "`check all` ends with 2 second"))
    }

    @Test func failWhereTheContainerDoesNotRun() async {
        let answer = await answer { $0.change("web") { $0?.state = .restarting } }
        #expect(answer == ProbeAnswer(isHealthy: false, words: "`check all`: container web is not running"))
    }

    @Test func failAtTheirTimeLimit() async {
        let answer = await answer(timeout: .milliseconds(5)) { engine in
            engine.answer("check") {
                try await Task.sleep(for: .seconds(3600))
                return Execution(status: 0, output: "", errors: "")
            }
        }
        #expect(
            answer
                == ProbeAnswer(
                    isHealthy: false, words: "`check all`: timed out after 5 ms waiting for check all"))
    }

    @Test(arguments: [
        Probe.Method.tcp(port: 80, send: nil, expect: nil), .http(port: 80, path: "/", status: [200], contains: nil),
    ])
    func needAnAddress(_ method: Probe.Method) async {
        let probe = Probe(method: method, timeout: .seconds(1), within: .seconds(1))
        let answer = await DirectProber().tryOnce(
            probe, address: nil, container: "web", on: FakeEngine(Journal()))
        #expect(answer == ProbeAnswer(isHealthy: false, words: "it has no address"))
    }
}
