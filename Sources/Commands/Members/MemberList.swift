import Clouds
import CommandLine
import Model
import Recipes

extension CommandDefinition {
    static let ps = CommandDefinition(
        "ps",
        summary: "List the environment's members and their containers",
        examples: [("minke ps", "what runs, where, and since when")]
    ) { arguments in
        let session = try await Session(arguments, restoredInPart: true)
        let observed = try await session.observe()
        arguments.show(MemberListReport(containers: observed.containers))
        return .done
    }
}

/// The containers of an environment.
struct MemberListReport: Report {
    let containers: [ObservedContainer]

    var value: Value {
        .list(
            containers.map { container in
                [
                    "member": .string(container.member), "service": .string(container.service),
                    "role": .string(container.role.rawValue), "container": .string(container.name),
                    "id": .string(container.id), "host": .string(container.host),
                    "state": .string(container.state.rawValue),
                    "health": container.health.map(Value.string) ?? .null,
                    "address": container.address.map { .string($0.description) } ?? .null,
                    "status": .string(container.status),
                ]
            })
    }

    func text(_ style: Style) -> String {
        if containers.isEmpty { return "nothing runs" }
        let isSpread = containers.contains { $0.host != Environment.here }
        var table = Table(["MEMBER", "SERVICE"] + (isSpread ? ["HOST"] : []) + ["CONTAINER", "ADDRESS", "STATUS"])
        for container in containers {
            let isWell = container.state == .running && container.health != "unhealthy"
            let host: [Table.Cell] = isSpread ? [.init(container.host)] : []
            table.add(
                [.init(container.member), .init(container.service)] + host + [
                    .init(container.name),
                    .init(container.address?.description ?? "-"), .init(container.status, isWell ? .green : .red),
                ])
        }
        return table.text(style)
    }
}
