import Applying
import CommandLine
import Model
import Resolving
import System

extension CommandDefinition {
    static let status = CommandDefinition(
        "status",
        summary: "Ask every member whether it answers, and show where the cloud is reached",
        discussion: """
            Beside the answer of each member's own probe, it shows what the front and the APIs of the cloud say of it: \
            whether it works and gets requests, since when, and which version it is. Each endpoint is asked as well. \
            The exit status is 0 where all is as it should be, and 1 where something is not.
            """,
        examples: [
            ("minke status", "what does not work, and how many members do"),
            ("minke status --all", "every member with its answer"), ("minke status --json", "the same for programs"),
        ],
        options: [.flag("all", short: "a", summary: "list the members that are well, too")]
    ) { arguments in
        let survey = try await Session(arguments).survey()
        let isUp = survey.observed.containers.contains(where: \.isRunningMember)
        async let servers = survey.frontServers()
        async let reached = isUp ? EndpointAnswer.ask(survey.resolver.layout.endpoints()) : []
        async let told = isUp ? ServiceReports(survey) : ServiceReports(entries: [])
        var members = await askMembers(survey)
        let reports = await told
        let front = await servers
        for index in members.indices {
            reports.complete(&members[index])
            members[index].complete(survey, front)
        }
        // The next `up` must look again at what is to be done.
        if front.contains(where: \.isWithheld) { try? survey.session.state.forgetNothingToDo() }
        let report = StatusReport(
            environment: survey.desired.environment, isUp: isUp, members: members,
            endpoints: await reached,
            missing: survey.desired.missing + survey.detached.filter(\.isThere).map(\.words),
            unanswered: reports.failures, listsAll: arguments.flag("all"))
        arguments.show(report)
        return report.isWell ? .done : .failed
    }
}

/// Asks every member, all at the same time.
private func askMembers(_ survey: Survey) async -> [MemberStatus] {
    let prober = DirectProber()
    let containers = Dictionary(grouping: survey.observed.containers, by: \.member)
    return await withTaskGroup(of: MemberStatus.self) { group in
        for member in survey.desired.members {
            let container = containers[member.name]?.first { $0.state == .running } ?? containers[member.name]?.first
            group.addTask {
                guard let container else {
                    return MemberStatus(member: member, state: "missing", isWell: false, answer: "it has no container")
                }
                guard container.state == .running else {
                    return MemberStatus(
                        member: member, state: container.state.rawValue, isWell: false, answer: container.status)
                }
                guard let probe = member.probe else {
                    return MemberStatus(member: member, state: "running", isWell: true, answer: container.status)
                }
                guard let host = try? survey.session.host(of: container) else {
                    return MemberStatus(member: member, state: "lost", isWell: false, answer: "its host is unknown")
                }
                let answer = await prober.tryOnce(
                    probe, address: member.specification.address(in: container.slot), container: container.id,
                    on: host)
                return MemberStatus(member: member, state: "running", isWell: answer.isHealthy, answer: answer.words)
            }
        }
        var all: [MemberStatus] = []
        for await status in group { all.append(status) }
        return all.sorted { $0.name < $1.name }
    }
}

/// The state of a member, with its own answer and an API's report.
struct MemberStatus: Sendable {
    let name: String
    let service: String
    let state: String
    var isWell: Bool
    var answer: String
    /// The host name of its container.
    let hostname: String
    /// An API's report of the member.
    var report: String?
    var since: String?
    var version: String?

    init(member: DesiredMember, state: String, isWell: Bool, answer: String) {
        name = member.name
        service = member.service
        hostname = member.specification.hostname
        self.state = state
        self.isWell = isWell
        self.answer = answer
    }
}

extension MemberStatus {
    /// Adds the front's complaints about a member.
    fileprivate mutating func complete(_ survey: Survey, _ front: [FrontServer]) {
        guard state == "running", let member = survey.desired.members.first(where: { $0.name == name }),
            let container = survey.observed.containers.first(where: { $0.member == name && $0.isRunningMember })
        else { return }
        for complaint in member.servers(in: container.slot, of: front).compactMap(\.complaint) {
            isWell = false
            answer += "; \(complaint)"
        }
    }
}

/// The state of an environment.
struct StatusReport: Report {
    let environment: String
    /// Whether any member of it runs.
    let isUp: Bool
    let members: [MemberStatus]
    /// The cloud's endpoints with their answers; empty while it is down.
    let endpoints: [EndpointAnswer]
    let missing: [String]
    /// The APIs that did not answer what they were asked, with the reasons.
    let unanswered: [String]
    /// Whether members that are well are listed, or counted only.
    var listsAll = false

    var isWell: Bool {
        isUp && members.allSatisfy(\.isWell)
            && endpoints.allSatisfy(\.isWell) && missing.isEmpty && unanswered.isEmpty
    }

    var value: Value {
        [
            "environment": .string(environment), "up": .bool(isUp),
            "members": .list(
                members.map { member in
                    [
                        "member": .string(member.name), "service": .string(member.service),
                        "state": .string(member.state), "healthy": .bool(member.isWell),
                        "answer": .string(member.answer), "report": member.report.map(Value.string) ?? .null,
                        "since": member.since.map(Value.string) ?? .null,
                        "version": member.version.map(Value.string) ?? .null,
                    ]
                }),
            "endpoints": .list(
                endpoints.map { endpoint in
                    [
                        "name": .string(endpoint.address.name), "service": .string(endpoint.address.service),
                        "public": endpoint.address.publicURL.map(Value.string) ?? .null,
                        "internal": .string(endpoint.address.internalURL),
                        "healthy": .bool(endpoint.isWell), "answer": .string(endpoint.words),
                    ]
                }),
            "missing": .list(missing.map(Value.string)), "unanswered": .list(unanswered.map(Value.string)),
        ]
    }

    func text(_ style: Style) -> String {
        var parts: [String] = []
        let listed = members.filter { listsAll || isUp && !$0.isWell }
        if !listed.isEmpty { parts.append(table(of: listed).text(style)) }
        if isUp { parts.append(count(style)) }
        if !endpoints.isEmpty {
            var addresses = Table(["ENDPOINT", "PUBLIC", "INTERNAL", "ANSWER"])
            for endpoint in endpoints {
                let address = endpoint.address
                addresses.add([
                    .init(address.name), .init(address.publicURL ?? "-"), .init(address.internalURL),
                    .init(endpoint.words, endpoint.isWell ? nil : .red),
                ])
            }
            parts.append(addresses.text(style))
        }
        if !isUp { parts.append(style.paint("\(environment) is down: `minke up` brings it up", .red)) }
        return parts.joined(separator: "\n\n") + missing.map { "\nmissing \($0)" }.joined()
            + unanswered.map { "\n\($0)" }.joined()
    }

    /// A line with the numbers of members that are well, of members and of services.
    private func count(_ style: Style) -> String {
        let well = members.count { $0.isWell }
        let services = counted(Set(members.map(\.service)).count, "service")
        if well == members.count {
            return style.paint("\(environment): \(counted(well, "member")) of \(services), all well", .green)
        }
        return style.paint("\(environment): \(well) of \(counted(members.count, "member")) well, of \(services)", .red)
    }

    private func table(of listed: [MemberStatus]) -> Table {
        var table = Table(["MEMBER", "SERVICE", "STATE", "VERSION", "SINCE", "ANSWER"])
        for member in listed {
            let answer = [member.report, member.answer].compactMap { $0 }.joined(separator: "; ")
            table.add([
                .init(member.name), .init(member.service), .init(member.state, member.isWell ? .green : .red),
                .init(member.version ?? "-"), .init(member.since ?? "-"), .init(answer),
            ])
        }
        return table
    }
}
