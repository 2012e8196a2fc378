import DockerEngine
import Glibc
import HTTP
import Model
import System
import Testing

extension Scenario {
    /// Ends the tests' engine in the way that options of `scripts/test-engine restart` name, and starts it again. The
    /// scenario has to run alone.
    static func restartEngine(_ event: [String]) async throws {
        try await Subprocess(
            "\(Places.repository)/scripts/test-engine", ["restart"] + event, timeLimit: .seconds(300)
        ).run().checked()
    }

    /// The environment's containers, including those of jobs, without those of tools, such as the client's, sorted by
    /// name.
    func containers() async throws -> [ContainerSummary] {
        try await engine.containers(filters: ["label": ["\(Labels.environment)=\(name)"]])
            .filter { $0.labels[Labels.role] != "client" }.sorted { $0.name < $1.name }
    }

    /// The only container of a member; requires that there is exactly one.
    func member(_ member: String, sourceLocation: SourceLocation = #_sourceLocation) async throws -> ContainerDetails {
        let own = try await containers().filter { $0.labels[Labels.member] == member }
        try #require(own.count == 1, "\(member) has \(own.map(\.name))", sourceLocation: sourceLocation)
        return try await engine.inspectContainer(own[0].id)
    }

    /// The traces of all members' containers, by member.
    func members() async throws -> [String: MemberTrace] {
        var members: [String: MemberTrace] = [:]
        for container in try await containers() {
            guard let member = container.labels[Labels.member] else { continue }
            let details = try await engine.inspectContainer(container.id)
            members[member] = MemberTrace(id: details.id, pid: details.state.pid, started: details.state.started)
        }
        return members
    }

    /// The member's address on the environment's network.
    func address(of member: String) async throws -> String {
        try #require(try await self.member(member).networks["minke-\(name)"]?.address)
    }

    /// Reads a path from a member's web server, and requires status 200.
    func get(_ path: String, from member: String, port: Int = 8080) async throws -> String {
        let url = "http://\(try await address(of: member)):\(port)/\(path)"
        let response = try await HTTPClient().send(HTTPRequest("GET", url, timeLimit: .seconds(10)))
        try #require(response.status == 200, "GET \(url): \(response.status)")
        return response.text
    }

    /// Runs a shell script in a member's container and returns its output; requires exit status 0.
    func shell(_ script: String, in member: String, user: String = "0") async throws -> String {
        let id = try await self.member(member).id
        let result = try await engine.exec(in: id, ExecConfiguration(["sh", "-c", script], user: user))
        try #require(result.exitCode == 0, "\(script) in \(member): \(result.errorText)")
        return result.outputText
    }

    /// Kills a process in a member's container, named as in a shell script. Where the container ends with it, the shell
    /// may be killed before it has told its exit status.
    func killProcess(_ process: String, in member: String) async throws {
        let id = try await self.member(member).id
        let result = try await engine.exec(in: id, ExecConfiguration(["sh", "-c", "kill -9 \(process)"], user: "0"))
        try #require([0, 137].contains(result.exitCode), "kill \(process) in \(member): \(result.errorText)")
    }

    /// The content of the ledger: accounts and entries with their contents.
    func ledger() async throws -> String {
        try await shell("cd /var/ledger && grep -r . accounts entries | sort", in: "ledger1")
    }

    /// The starts and ends of members' containers since a time, in order, such as `start shop1`.
    func happenings(since start: String) async throws -> [String] {
        let filters = ["label": ["\(Labels.environment)=\(name)", "\(Labels.role)=member"], "type": ["container"]]
        var lines: [String] = []
        for try await event in try await engine.events(filters: filters, since: start, until: now()) {
            guard ["start", "die"].contains(event.action), let member = event.attributes[Labels.member] else {
                continue
            }
            lines.append("\(event.action) \(member)")
        }
        return lines
    }

    /// All objects on the engine whose names contain the scenario's, each with its id or time of creation.
    func listing() async throws -> [String] {
        var names = try await engine.containers().map { "container \($0.name) \($0.id) \($0.state)" }
        names += try await engine.networks().map { "network \($0.name) \($0.id)" }
        names += try await engine.volumes().map { "volume \($0.name) \($0.created)" }
        names += try await engine.images().flatMap { image in image.tags.map { "image \($0) \(image.id)" } }
        return names.filter { $0.contains(name) }.sorted()
    }
}

/// The facts by which replacing a member's container (id) or restarting it (process) shows.
struct MemberTrace: Sendable, Hashable {
    let id: String
    let pid: Int
    let started: String
}

/// The present time in seconds since 1970, with fractions, in the form that the engine's API takes.
func now() -> String {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    let fraction = String(time.tv_nsec + 1_000_000_000).dropFirst()
    return "\(time.tv_sec).\(fraction)"
}
