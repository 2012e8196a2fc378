import Model
import Testing

@testable import Applying

/// New files for a container that does not run, or ends while it is given them.
@Suite struct ConfigureStoppedTests {
    private let configure = Action.configure(
        member: "web1", container: "web", files: ["web.conf"], cost: .reload)

    private func trial(state: ObservedContainer.State) -> Trial {
        var trial = Trial()
        trial["web1"].reload = .exec(["reload"])
        trial.addContainer("web", of: "web1", state: state, files: ["web.conf": "earlier", "former.conf": "former"])
        return trial
    }

    /// The lines of a start with new files. The container is stopped first, so that the engine does not start it while
    /// its files are changed.
    private let startedAnew = [
        "record that web is not kept running",
        "stop web",
        "put web.conf into web",
        "put .manifest.json into web",
        "record the files of web",
        "start web",
        "keep web running",
        "record that web is kept running",
        "web at 198.18.0.11 is healthy",
        "record member web1",
    ]

    @Test(arguments: [ObservedContainer.State.exited, .restarting])
    func startsItWithItsFiles(_ state: ObservedContainer.State) async throws {
        let trial = trial(state: state)
        try await trial.run(configure)
        #expect(
            trial.journal.lines == [
                "forget member web1",
                "record the files of web as pending",
                "replace .manifest.json, web.conf and remove former.conf in web",
            ] + startedAnew)
        #expect(trial.engine["web"]?.files["web.conf"]?.text == "new")
    }

    /// Files can only be removed from a container that runs: the next plan finds this one.
    @Test func remembersTheFileThatIsStillToBeRemoved() async throws {
        let trial = trial(state: .exited)
        try await trial.run(configure)
        #expect(
            trial.recorder.manifest(of: "web")?.files == [
                "web.conf": "digest of new", "former.conf": "digest of former",
            ])
    }

    @Test func startsOneThatEndsDuringItsReload() async throws {
        let trial = trial(state: .running)
        let engine = trial.engine
        engine.answer("reload") {
            engine.change("web") { $0?.state = .restarting }
            return Execution(status: 137, output: "", errors: "")
        }
        try await trial.run(configure)
        #expect(Array(trial.journal.lines.drop { $0 != "in web: reload" }.dropFirst()) == startedAnew)
    }

    /// A command can be killed for other reasons than the end of its container.
    @Test func failsWhereOnlyTheCommandIsKilled() async throws {
        let trial = trial(state: .running)
        trial.engine.answer("reload", status: 137)
        #expect(await trial.failure(ReloadFailure.self, of: configure) != nil)
        #expect(!trial.deeds.contains("stop web"))
    }

    @Test func keepsRequestsAwayMeanwhile() async throws {
        var trial = trial(state: .exited)
        trial.addFront()
        try await trial.run(configure)
        let fronts = trial.deeds.filter { $0.hasPrefix("in front") || $0 == "stop web" || $0 == "start web" }
        #expect(
            fronts == [
                "in front: front-drain pool web1-a 30", "stop web", "start web", "in front: front-ready pool web1-a 60",
            ])
    }
}
