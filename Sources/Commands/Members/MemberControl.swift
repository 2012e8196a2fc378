import Clouds
import CommandLine
import Model

extension CommandDefinition {
    static let start = CommandDefinition(
        "start",
        summary: "Start stopped members and wait until they are healthy",
        examples: [("minke start keystone2", "start one"), ("minke start", "start all that are stopped")],
        arguments: [memberArgument],
        isResumable: true
    ) { arguments in
        try await control(.start, arguments)
    }

    static let stop = CommandDefinition(
        "stop",
        summary: "Stop members; the next `up` or `start` starts them again",
        discussion: """
            A member behind the front gets no more requests first, and has answered those in flight before it is \
            stopped, or has had the time that its recipe gives it. With the front itself, all are stopped at once.

            Before a pod stops, its members hand over what they run: instances of a compute node move to another, or \
            sleep until their node is back. Without that, stop the member in the pod by itself first.
            """,
        examples: [("minke stop keystone2", "stop one"), ("minke stop", "stop all")],
        arguments: [memberArgument],
        isResumable: true
    ) { arguments in
        try await control(.stop, arguments)
    }

    static let restart = CommandDefinition(
        "restart",
        summary: "Restart members, one of a service after another, and wait until each is healthy",
        discussion: """
            Before a pod restarts, its members hand over what they run: instances of a compute node move to another, \
            or sleep meanwhile. Without that, stop the member in the pod by itself first.
            """,
        examples: [("minke restart glance-api", "all members of a service")],
        arguments: [memberArgument],
        isResumable: true
    ) { arguments in
        try await control(.restart, arguments)
    }

    private static let memberArgument = ArgumentDefinition.repeated(
        "member", .name(.members),
        summary: "a member with its sidecars and all in its pod, or a service; without one, all")

    private static func control(_ change: MemberChange, _ arguments: ParsedArguments) async throws -> ExitCode {
        let members = try await Session(arguments).control(
            change, arguments.list("member"), for: arguments.command, showing: arguments.showSteps)
        arguments.show(ControlReport(members: members))
        return .done
    }
}

/// The members that were started, stopped or restarted.
struct ControlReport: Report {
    let members: [String]

    var value: Value { ["members": .list(members.map(Value.string))] }

    // The steps were shown as they were done.
    func text(_ style: Style) -> String { members.isEmpty ? "nothing to do" : "" }
}
