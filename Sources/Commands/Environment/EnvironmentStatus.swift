import Applying
import Clouds
import CommandLine
import Model
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
        let status = await survey.status()
        let report = StatusReport(
            environment: status.environment, isUp: status.isUp, members: status.members, endpoints: status.endpoints,
            missing: status.missing, unanswered: status.unanswered, listsAll: arguments.flag("all"))
        arguments.show(report)
        return report.isWell ? .done : .failed
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
