import Model
import Testing

@testable import Applying

/// New files for a container that runs.
@Suite struct ConfigureTests {
    private func configure(_ cost: ChangeCost) -> Action {
        .configure(member: "web1", container: "web", files: ["web.conf"], cost: cost)
    }

    /// A trial in which `web1` runs with an earlier text of its file.
    private func trial(_ reload: ReloadMethod? = nil) -> Trial {
        var trial = Trial()
        trial["web1"].reload = reload
        trial.addContainer("web", of: "web1", files: ["web.conf": "earlier"])
        return trial
    }

    private func ownManifest(_ trial: Trial) throws -> Manifest? {
        let own = try #require(trial.engine["web"]?.files[ManifestFile.path])
        return try JSON.parse(own.text).decode(ManifestFile.self).manifest
    }

    @Test func reloadsByASignal() async throws {
        let trial = trial(.signal("HUP"))
        try await trial.run(configure(.reload))
        #expect(
            trial.journal.lines == [
                "forget member web1",
                "record the files of web as pending",
                "replace .manifest.json, web.conf in web",
                "send HUP to web",
                "put .manifest.json into web",
                "record the files of web",
                "web at 198.18.0.11 is healthy",
                "record member web1",
            ])
        #expect(trial.recorder.manifest(of: "web")?.files == ["web.conf": "digest of new"])
        #expect(try ownManifest(trial) == trial.recorder.manifest(of: "web"))
        #expect(trial.engine["web"]?.files["web.conf"]?.text == "new")
    }

    @Test func reloadsByACommand() async throws {
        let trial = trial(.exec(["reload", "all"]))
        try await trial.run(configure(.reload))
        #expect(
            trial.deeds == [
                "replace .manifest.json, web.conf in web", "in web: reload all", "put .manifest.json into web",
                "web at 198.18.0.11 is healthy",
            ])
    }

    /// The means that need a restart: a process may know none to reload its files.
    private static let restarting: [(ChangeCost, ReloadMethod?)] = [(.restart, .signal("HUP")), (.reload, nil)]

    /// The manifest stays pending until the restart is over: an interrupted run leaves the old process.
    @Test(arguments: restarting) func restarts(cost: ChangeCost, reload: ReloadMethod?) async throws {
        var trial = trial(reload)
        trial.addFront()
        try await trial.run(configure(cost))
        #expect(
            trial.journal.lines == [
                "forget member web1",
                "record the files of web as pending",
                "replace .manifest.json, web.conf in web",
                "forget member web1",
                "forget member web1",
                "in front: front-drain pool web1-a 30",
                "restart web",
                "keep web running",
                "record that web is kept running",
                "put .manifest.json into web",
                "record the files of web",
                "web at 198.18.0.11 is healthy",
                "in front: front-ready pool web1-a 60",
                "record member web1",
            ])
    }

    @Test func changesOnlyFilesThatDiffer() async throws {
        var trial = Trial()
        trial["web1"].reload = .signal("HUP")
        trial.give("same.conf", "same", to: "web1")
        trial.addContainer(
            "web", of: "web1", files: ["web.conf": "earlier", "same.conf": "same", "b.conf": "b", "a.conf": "a"])
        try await trial.run(configure(.reload))
        #expect(trial.deeds.first == "replace .manifest.json, web.conf and remove a.conf, b.conf in web")
        #expect(trial.engine["web"]?.files.keys.sorted() == [ManifestFile.path, "same.conf", "web.conf"])
        #expect(trial.recorder.manifest(of: "web")?.files.keys.sorted() == ["same.conf", "web.conf"])
    }

    /// Nothing is known of the files in it.
    @Test func givesAllFilesToAContainerWithoutAManifest() async throws {
        var trial = Trial()
        trial["web1"].reload = .signal("HUP")
        trial.give("more.conf", "more", to: "web1")
        trial.addContainer("web", of: "web1")
        try await trial.run(configure(.reload))
        #expect(trial.deeds.first == "replace .manifest.json, more.conf, web.conf in web")
    }

    @Test func leavesTheManifestPendingWhereAReloadFails() async throws {
        let trial = trial(.exec(["reload"]))
        trial.engine.answer("reload", status: 1, errors: "line 3 is bad")
        let error = try #require(await trial.failure(ReloadFailure.self, of: configure(.reload)))
        #expect(
            error.description.hasPrefix(
                "web1 has its new files, but has not read them: `reload` ended with 1: line 3 is bad\n"))
        let recorded = try #require(trial.recorder.manifest(of: "web"))
        #expect(recorded.pendingCost(of: "web.conf") == .reload)
        #expect(try ownManifest(trial) == recorded)
        #expect(trial.engine["web"]?.files["web.conf"]?.text == "new")
        #expect(trial.recorder.record(of: .member("web1")) == nil)
    }

    @Test func leavesTheManifestPendingWhereARestartFails() async throws {
        let trial = trial()
        trial.engine.fail(.restart)
        #expect(await trial.failure(EngineRefusal.self, of: configure(.restart)) != nil)
        let recorded = try #require(trial.recorder.manifest(of: "web"))
        #expect(recorded.pendingCost(of: "web.conf") == .restart)
        #expect(try ownManifest(trial) == recorded)
    }

    /// An engine that has not taken the files may have taken some of them.
    @Test func leavesTheManifestPendingWhereTheFilesDoNotArrive() async throws {
        let trial = trial(.signal("HUP"))
        trial.engine.fail(.replaceFiles)
        #expect(await trial.failure(EngineRefusal.self, of: configure(.reload)) != nil)
        #expect(trial.recorder.manifest(of: "web")?.isPending == true)
        #expect(trial.deeds == ["replace .manifest.json, web.conf in web: refused"])
    }
}
