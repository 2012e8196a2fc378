import Clouds
import CommandLine
import Model

extension CommandDefinition {
    static let status = CommandDefinition(
        "status",
        summary: "Ask every member whether it answers, and show where the cloud is reached",
        discussion: """
            Beside the answer of each member's own probe, it shows the reports of the cloud's front and APIs on it: \
            whether it works and gets requests, since when, and its version. Each endpoint is asked as well. The exit \
            status is 0 where all is as it should be, and 1 where something is not.
            """,
        examples: [
            ("minke status", "the members that do not work, and the number of those that do"),
            ("minke status --all", "every member with its answer"), ("minke status --json", "the same for programs"),
        ],
        options: [.flag("all", short: "a", summary: "list the members that are well, too")]
    ) { arguments in
        let status = try await Session(arguments).survey().status()
        arguments.show(StatusReport(status: status, listsAll: arguments.flag("all")))
        return status.isWell ? .done : .failed
    }
}

/// The state of an environment's cloud, for people and programs.
struct StatusReport: Report {
    let status: CloudStatus
    /// Whether members that are well are listed, or counted only.
    var listsAll = false

    var value: Value {
        [
            "environment": .string(status.environment), "up": .bool(status.isUp),
            "members": .list(
                status.members.map { member in
                    [
                        "member": .string(member.name), "service": .string(member.service),
                        "state": .string(member.state), "healthy": .bool(member.isWell),
                        "answer": .string(member.answer), "report": member.report.map(Value.string) ?? .null,
                        "since": member.since.map(Value.string) ?? .null,
                        "version": member.version.map(Value.string) ?? .null,
                        "sidecars": .list(
                            member.sidecars.map { sidecar in
                                [
                                    "name": .string(sidecar.name), "state": .string(sidecar.state),
                                    "healthy": .bool(sidecar.isWell), "answer": .string(sidecar.answer),
                                ]
                            }),
                    ]
                }),
            "endpoints": .list(
                status.endpoints.map { endpoint in
                    [
                        "name": .string(endpoint.address.name), "service": .string(endpoint.address.service),
                        "public": endpoint.address.publicURL.map(Value.string) ?? .null,
                        "internal": .string(endpoint.address.internalURL),
                        "healthy": .bool(endpoint.isWell), "answer": .string(endpoint.words),
                    ]
                }),
            "missing": .list(status.missing.map(Value.string)),
            "unanswered": .list(status.unanswered.map(Value.string)),
        ]
    }

    func text(_ style: Style) -> String {
        var parts: [String] = []
        let listed = status.members.filter { listsAll || status.isUp && !$0.isWell }
        if !listed.isEmpty { parts.append(table(of: listed).text(style)) }
        if status.isUp { parts.append(count(style)) }
        if !status.endpoints.isEmpty {
            var addresses = Table(["ENDPOINT", "PUBLIC", "INTERNAL", "ANSWER"])
            for endpoint in status.endpoints {
                let address = endpoint.address
                addresses.add([
                    .init(address.name), .init(address.publicURL ?? "-"), .init(address.internalURL),
                    .init(endpoint.words, endpoint.isWell ? nil : .red),
                ])
            }
            parts.append(addresses.text(style))
        }
        if !status.isUp { parts.append(style.paint("\(status.environment) is down: `minke up` brings it up", .red)) }
        return parts.joined(separator: "\n\n") + status.missing.map { "\nmissing \($0)" }.joined()
            + status.unanswered.map { "\n\($0)" }.joined()
    }

    /// A line with the numbers of members that are well, of members and of services.
    private func count(_ style: Style) -> String {
        let members = status.members
        let well = members.count { $0.isWell }
        let services = counted(Set(members.map(\.service)).count, "service")
        if well == members.count {
            return style.paint("\(status.environment): \(counted(well, "member")) of \(services), all well", .green)
        }
        return style.paint(
            "\(status.environment): \(well) of \(counted(members.count, "member")) well, of \(services)", .red)
    }

    /// The sidecars of a member that are well, in words; its answer has the others.
    private func companions(of member: MemberStatus) -> String? {
        let well = member.sidecars.filter(\.isWell).map { $0.name.dropFirst(member.name.count + 1) }
        return well.isEmpty ? nil : "beside it \(well.joined(separator: ", "))"
    }

    private func table(of listed: [MemberStatus]) -> Table {
        var table = Table(["MEMBER", "SERVICE", "STATE", "VERSION", "SINCE", "ANSWER"])
        for member in listed {
            let answer = [member.report, member.answer, companions(of: member)].compactMap { $0 }
                .joined(separator: "; ")
            table.add([
                .init(member.name), .init(member.service), .init(member.state, member.isWell ? .green : .red),
                .init(member.version ?? "-"), .init(member.since ?? "-"), .init(answer),
            ])
        }
        return table
    }
}
