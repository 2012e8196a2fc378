import Model
import Testing

@testable import Applying

/// The way back to the files that a member served with.
@Suite struct EarlierFilesTests {
    private func configure(_ cost: ChangeCost) -> Action {
        .configure(member: "web1", container: "web", files: ["web.conf"], cost: cost)
    }

    /// A trial in which `web1` is healthy with the earlier text of its file only.
    private func trial(_ reload: ReloadMethod? = nil, state: ObservedContainer.State = .running) -> Trial {
        var trial = Trial()
        trial["web1"].reload = reload
        trial.addContainer("web", of: "web1", state: state, files: ["web.conf": "earlier", "former.conf": "former"])
        let engine = trial.engine
        trial.prober.answer("web") { _ in engine["web"]?.files["web.conf"]?.text == "earlier" }
        return trial
    }

    private static let means: [(ChangeCost, ReloadMethod?)] = [
        (.reload, .signal("HUP")), (.reload, .exec(["reload"])), (.restart, nil),
    ]

    @Test(arguments: means) func givesThemBack(cost: ChangeCost, reload: ReloadMethod?) async throws {
        let trial = trial(reload)
        let error = try #require(await trial.failure(KeptFiles.self, of: configure(cost)))
        #expect(error.cause is Unhealthy)
        #expect(error.description.hasSuffix("\nweb1 has its earlier files again, and serves on"))
        #expect(
            trial.deeds.drop { $0 != "web at 198.18.0.11 is not healthy" }.dropFirst() == [
                "stop web", "put former.conf, web.conf into web", "put .manifest.json into web", "start web",
                "keep web running", "web at 198.18.0.11 is healthy",
            ])
        #expect(trial.engine["web"]?.files["web.conf"]?.text == "earlier")
        #expect(trial.engine["web"]?.files["former.conf"]?.text == "former")
        let manifest = trial.recorder.manifest(of: "web")
        #expect(manifest?.files == ["web.conf": "digest of earlier", "former.conf": "digest of former"])
    }

    /// A file cannot be removed from a stopped container; that it is not what it should be is told to the next plan.
    @Test func emptiesFilesThatAreNew() async throws {
        var trial = trial(.signal("HUP"))
        trial.give("more.conf", "more", to: "web1")
        #expect(await trial.failure(KeptFiles.self, of: configure(.reload)) != nil)
        let file = try #require(trial.engine["web"]?.files["more.conf"])
        #expect(file.text.isEmpty && file.mode == 0o640 && file.owner == 42)
        #expect(trial.recorder.manifest(of: "web")?.files["more.conf"] == Manifest.edited)
    }

    /// New files that end the process are as bad as those that make it silent.
    @Test func givesThemBackToAProcessThatEndedDuringItsReload() async throws {
        let trial = trial(.exec(["reload"]))
        let engine = trial.engine
        engine.answer("reload") {
            engine.change("web") { $0?.state = .restarting }
            throw ContainerNotRunning(container: "web")
        }
        #expect(await trial.failure(KeptFiles.self, of: configure(.reload)) != nil)
        #expect(trial.engine["web"]?.files["web.conf"]?.text == "earlier")
        #expect(trial.engine["web"]?.state == .running)
    }

    @Test func saysWhereTheyDoNotHelp() async throws {
        let trial = trial()
        trial.prober.answer("web") { _ in false }
        let error = try #require(await trial.failure(LostOld.self, of: configure(.restart)))
        #expect(error.cause is Unhealthy && error.answer is Unhealthy)
    }

    @Test func saysBothWhereTheyCannotBeGivenBack() async throws {
        let trial = trial()
        trial.engine.fail(.stop)
        let error = try #require(await trial.failure(LostOld.self, of: configure(.restart)))
        #expect(error.cause is Unhealthy && error.answer is EngineRefusal)
    }

    /// Files that the process may never have read are nothing to go back to.
    @Test(arguments: [ObservedContainer.State.exited, .restarting])
    func areUnknownOfAContainerThatDoesNotRun(_ state: ObservedContainer.State) async throws {
        let trial = trial(state: state)
        #expect(await trial.failure(Unhealthy.self, of: configure(.restart)) != nil)
        #expect(trial.engine["web"]?.files["web.conf"]?.text == "new")
    }

    @Test func areUnknownOfAnUnfinishedChange() async throws {
        var trial = trial()
        let manifest = trial.observed.containers[0].manifest
        trial.observed.containers[0].manifest = manifest?.pending(["web.conf"], cost: .restart)
        #expect(await trial.failure(Unhealthy.self, of: configure(.restart)) != nil)
        #expect(trial.engine.count(.files) == 0)
    }

    @Test func areNotPutIntoAContainerThatIsGone() async throws {
        let trial = trial()
        trial.engine.atEachLook(at: "web") { container, _ in container = nil }
        let error = try #require(await trial.failure(Unhealthy.self, of: configure(.restart)))
        #expect(error.answer == "its container was removed meanwhile")
        #expect(!trial.deeds.contains("stop web"))
    }
}
