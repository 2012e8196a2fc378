import DockerEngine
import Model
import System
import Testing

/// Members with further processes, each in a container of its own.
@Suite struct SidecarTests {
    @Test func runBesideTheirMembers() async throws {
        try await Scenario.run("sidecars-beside") { scenario in
            try await scenario.makeImages(["mill"])
            try scenario.declare("services: {mill: 1}")
            try await scenario.minke("up")

            scenario.step("they share the member's namespaces and volumes, and have files of their own")
            try #require(try await scenario.members().keys.sorted() == ["mill1", "mill1.cat", "mill1.miller"])
            try await requireSharedNamespaces(scenario)
            try await requireFlour("none", scenario)
            try #require(try await scenario.shell("ls /etc/minke", in: "mill1") == "mill.conf\n")
            try #require(try await scenario.shell("ls /etc/minke", in: "mill1.miller") == "mill.conf\nsong\n")
            try #require(try await scenario.shell("ls /etc/minke", in: "mill1.cat") == "")
            try #require(try await scenario.shell("id -u", in: "mill1.miller", user: "") == "4242\n")
            try await scenario.requireNothingToDo()

            scenario.step("each has a log and a state")
            let log = try await scenario.minke("logs", "mill1.miller").output
            try #require(log.split(separator: "\n") == ["the flour is ground"], "\(log)")
            let logs = try await scenario.minke("logs", "mill1").output
            try #require(logs.contains("mill1        | open for business"), "\(logs)")
            try #require(logs.contains("mill1.miller | the flour is ground"), "\(logs)")
            let states = try await scenario.minke("status", "--json").json()["members"]?.list ?? []
            try #require(states.map { $0["member"]?.string } == ["mill1"])
            let sidecars = states[0]["sidecars"]?.list ?? []
            try #require(sidecars.map { $0["name"]?.string } == ["mill1.cat", "mill1.miller"])
            try #require(sidecars.allSatisfy { $0["healthy"]?.bool == true })
            try #require(try await scenario.minke("exec", "mill1", "--", "cat", "/run/web/health").output == "well")

            scenario.step("a file's change is taken by whoever has the file, by his own means")
            var before = try await scenario.members()
            try scenario.declare("services: {mill: {settings: {grain: wheat}}}")
            let change = "mill.conf [mill] grain rye -> wheat"
            try #require(
                try await scenario.planLines() == [
                    "reload mill1: \(change)", "reload mill1.miller: \(change)",
                ])
            try await scenario.minke("up")
            try await requireFlour("wheat", scenario)
            try #require(try await scenario.members() == before)
            try await scenario.requireNothingToDo()

            scenario.step("a file of one sidecar touches nobody else")
            try scenario.declare("services: {mill: {settings: {grain: wheat, song: loud}}}")
            try #require(try await scenario.planLines() == ["restart mill1.miller: song changed"])
            try await scenario.minke("up")
            try await requireFlour("loud", scenario)
            try await requireTouched(["mill1.miller"], since: before, scenario)
            try await scenario.requireNothingToDo()

            scenario.step("where the member has to start again, so do they, after they have ended before it")
            before = try await scenario.members()
            var start = now()
            try scenario.declare("services: {mill: {settings: {grain: wheat, song: loud, stones: 3}}}")
            try #require(
                try await scenario.planLines() == [
                    "restart mill1: mill.conf [mill] stones 2 -> 3 (interrupts the mill)",
                    "replace mill1.miller: mill.conf [mill] stones 2 -> 3",
                    "restart mill1.cat: its member starts again",
                ])
            try await scenario.minke("up")
            try await requireOrder(since: start, scenario)
            try await requireSharedNamespaces(scenario)
            try await requireFlour("stones = 3", scenario)
            let after = try await scenario.members()
            try #require(after["mill1"]?.id == before["mill1"]?.id && after["mill1.cat"]?.id == before["mill1.cat"]?.id)
            try await scenario.requireNothingToDo()

            scenario.step("one that is stopped, or removed, is mended alone")
            before = try await scenario.members()
            try await scenario.engine.killContainer(try await scenario.member("mill1.miller").id, signal: "KILL")
            try await scenario.eventually("the miller has ended") {
                try await scenario.member("mill1.miller").state.state == .exited
            }
            let status = try await scenario.minke("status", expecting: 1).output
            try #require(status.contains("mill1.miller is exited: Exited (137)"), "\(status)")
            try #require(try await scenario.planLines() == ["start mill1.miller: stopped"])
            try await scenario.minke("up")
            try await scenario.engine.removeContainer(try await scenario.member("mill1.cat").id, force: true)
            try #require(try await scenario.planLines() == ["create mill1.cat: missing"])
            try await scenario.minke("up")
            try await requireTouched(["mill1.cat", "mill1.miller"], since: before, scenario)
            try await requireSharedNamespaces(scenario)
            try await scenario.minke("status")
            try await scenario.requireNothingToDo()

            scenario.step("none outlives a process of its member that dies")
            before = try await scenario.members()
            try await scenario.killProcess("$(cat /run/web/pid)", in: "mill1")
            try await scenario.eventually("the engine has started the mill again") {
                let mill = try await scenario.member("mill1")
                return mill.state.state == .running && mill.state.pid != before["mill1"]?.pid
            }
            for name in ["mill1.cat", "mill1.miller"] {
                try await scenario.eventually("\(name) is not left behind") {
                    let sidecar = try await scenario.member(name)
                    return sidecar.state.state != .running || sidecar.state.pid != before[name]?.pid
                }
            }
            try await scenario.minke("up")
            try await requireSharedNamespaces(scenario)
            try await scenario.requireNothingToDo()

            scenario.step("they are made anew with their member, of another image, and join the new one")
            before = try await scenario.members()
            start = now()
            try await scenario.makeImages(["mill"], version: "2")
            try #require(
                try await scenario.planLines() == [
                    "replace mill1: image changed (interrupts the mill)", "replace mill1.miller: image changed",
                    "replace mill1.cat: image changed",
                ])
            try await scenario.minke("up")
            try await requireOrder(since: start, scenario)
            try await requireTouched(["mill1", "mill1.cat", "mill1.miller"], since: before, scenario)
            try await requireSharedNamespaces(scenario)
            try #require(try await scenario.shell("cat /version", in: "mill1.miller") == "2")
            try await scenario.requireNothingToDo()

            scenario.step("a member whose container is gone has its sidecars in the new one's namespaces")
            try await scenario.engine.removeContainer(try await scenario.member("mill1").id, force: true)
            try #require(
                try await scenario.planLines() == [
                    "create mill1: missing", "replace mill1.miller: its member mill1 is made anew",
                    "replace mill1.cat: its member mill1 is made anew",
                ])
            try await scenario.minke("up")
            try await requireSharedNamespaces(scenario)
            try await scenario.requireNothingToDo()

            scenario.step("where the new container fails, the old one serves on with its sidecars")
            before = try await scenario.members()
            try await scenario.makeImages(["mill"], version: "3", stuck: true)
            let failed = try await scenario.minke("up", expecting: 1).errors
            try #require(failed.contains("the old container of mill1 serves on"), "\(failed)")
            try #require(try await scenario.members().mapValues(\.id) == before.mapValues(\.id))
            try await requireSharedNamespaces(scenario)
            try await scenario.makeImages(["mill"], version: "2")
            try await scenario.minke("up")
            try #require(try await scenario.members().mapValues(\.id) == before.mapValues(\.id))
            try await scenario.requireNothingToDo()

            scenario.step("they stop, start and restart with their member")
            start = now()
            try await scenario.minke("stop", "mill1")
            try #require(try await scenario.happenings(since: start).last == "die mill1")
            try #require(try await scenario.containers().allSatisfy { $0.state == .exited })
            try await scenario.minke("start", "mill1")
            try await requireSharedNamespaces(scenario)
            start = now()
            try await scenario.minke("restart", "mill1")
            try await requireOrder(since: start, scenario)
            try await requireSharedNamespaces(scenario)
            before = try await scenario.members()
            try await scenario.minke("restart", "mill1.miller")
            try await requireTouched(["mill1.miller"], since: before, scenario)
            try await scenario.requireNothingToDo()

            scenario.step("one that is not wanted any more is removed, and nothing else changes")
            before = try await scenario.members()
            try scenario.declare("services: {mill: {settings: {grain: wheat, song: loud, stones: 3, cat: false}}}")
            try #require(
                try await scenario.planLines() == [
                    "remove mill1.cat: not in the environment "
                        + "[destroys container \(scenario.name)-mill1.cat; its volumes stay]"
                ])
            try await scenario.minke("up", "--yes")
            before["mill1.cat"] = nil
            try #require(try await scenario.members() == before)
            try await scenario.requireNothingToDo()

            scenario.step("each member has its own, and they leave with it")
            let settings = "settings: {grain: wheat, song: loud, stones: 3}"
            try scenario.declare("services: {mill: {replicas: 2, \(settings)}}")
            try await scenario.minke("up")
            try #require(
                try await scenario.members().keys.sorted() == [
                    "mill1", "mill1.cat", "mill1.miller", "mill2", "mill2.cat", "mill2.miller",
                ])
            for member in ["mill1", "mill2"] { try await requireSharedNamespaces(scenario, of: member) }
            try scenario.declare("services: {mill: {replicas: 1, \(settings)}}")
            try await scenario.minke("up", "--yes")
            try #require(try await scenario.members().keys.sorted() == ["mill1", "mill1.cat", "mill1.miller"])
            try await scenario.requireNothingToDo()

            scenario.step("they end before their member as all goes down, and nothing is left")
            start = now()
            try await scenario.minke("down", "--volumes", "--yes")
            try #require(try await scenario.happenings(since: start).last == "die mill1")
            let left = try await scenario.listing().filter { !$0.hasPrefix("image ") }
            try #require(left == [], "\(left)")
        }
    }

    /// A lost state is rebuilt from the containers, those of sidecars as well.
    @Test func areKnownAgainWhenTheStateIsLost() async throws {
        try await Scenario.run("sidecars-known") { scenario in
            try await scenario.makeImages(["mill"])
            try scenario.declare("services: {mill: 1}")
            try await scenario.minke("up")
            let before = try await scenario.members()
            let address = try await scenario.address(of: "mill1")
            try Files.remove(scenario.stateFolder)
            try await scenario.minke("up")
            try #require(try await scenario.members() == before)
            try #require(try await scenario.address(of: "mill1") == address)
            try await scenario.requireNothingToDo()
            try await scenario.minke("stop", "mill1")
            try await scenario.minke("up")
            try #require(try await scenario.address(of: "mill1") == address)
            try #require(try await scenario.members().mapValues(\.id) == before.mapValues(\.id))
            try await scenario.requireNothingToDo()
        }
    }

    /// The engine gives a sidecar up where it starts it before the member.
    @Test(.enabled(if: environmentVariable("MINKE_TEST_DOCKER_HOST") != nil))
    func areMendedAfterTheEngineWasKilled() async throws {
        try await Scenario.run("sidecars-engine", alone: true) { scenario in
            try await scenario.makeImages(["mill"])
            try scenario.declare("services: {mill: 1}")
            try await scenario.minke("up")
            let before = try await scenario.members()
            for event in [["--killed"], ["--unclean"]] {
                scenario.step("the engine ends by \(event.joined(separator: " "))")
                try await Scenario.restartEngine(event)
                try await scenario.eventually("the engine has started the mill again") {
                    let mill = try await scenario.member("mill1")
                    return mill.state.state == .running && mill.state.pid != before["mill1"]?.pid
                }

                scenario.step("sidecars that it has given up are started")
                for (name, container) in try await scenario.members() {
                    scenario.diary.add("\(name) has process \(container.pid), which began at \(container.started)")
                }
                try await scenario.minke("up")
                try await requireSharedNamespaces(scenario)
                try #require(try await scenario.members().mapValues(\.id) == before.mapValues(\.id))
                try await scenario.minke("status")
                try await scenario.requireNothingToDo()
            }
        }
    }

    /// Waits until the mill's store has what the miller made of a configuration with these words.
    private func requireFlour(_ words: String, _ scenario: Scenario) async throws {
        try await scenario.eventually("the flour is of \(words)") {
            try await scenario.shell("cat /var/vault/flour || true", in: "mill1").contains(words)
        }
    }

    private func requireSharedNamespaces(_ scenario: Scenario, of member: String = "mill1") async throws {
        let own = try await namespaces(of: member, scenario)
        for sidecar in ["cat", "miller"] where try await scenario.members()["\(member).\(sidecar)"] != nil {
            try #require(try await namespaces(of: "\(member).\(sidecar)", scenario) == own)
        }
    }

    private func namespaces(of member: String, _ scenario: Scenario) async throws -> [String] {
        try await scenario.shell("ls -l /proc/self/ns/net /proc/self/ns/pid", in: member).split(separator: "\n")
            .map { String($0.split(separator: " ").last ?? "") }
    }

    /// Requires that these members' processes, and no others, are not those of before.
    private func requireTouched(
        _ names: Set<String>, since before: [String: MemberTrace], _ scenario: Scenario
    ) async throws {
        let after = try await scenario.members()
        try #require(after.keys.sorted() == before.keys.sorted())
        try #require(Set(after.keys.filter { after[$0] != before[$0] }) == names)
    }

    /// Requires that the sidecars of the mill ended before it, and started after it.
    private func requireOrder(since start: String, _ scenario: Scenario) async throws {
        let happenings = try await scenario.happenings(since: start)
        let end = try #require(happenings.firstIndex(of: "die mill1"), "\(happenings)")
        let beginning = try #require(happenings.lastIndex(of: "start mill1"), "\(happenings)")
        for sidecar in ["mill1.cat", "mill1.miller"] {
            let ended = try #require(happenings.firstIndex(of: "die \(sidecar)"), "\(happenings)")
            let begun = try #require(happenings.lastIndex(of: "start \(sidecar)"), "\(happenings)")
            try #require(ended < end && beginning < begun, "\(happenings)")
        }
    }
}
