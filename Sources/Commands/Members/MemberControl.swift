import Applying
import Clouds
import CommandLine
import Model
import Planning
import System

extension CommandDefinition {
    static let start = CommandDefinition(
        "start",
        summary: "Start stopped members and wait until they are healthy",
        examples: [("minke start keystone2", "start one"), ("minke start", "start all that are stopped")],
        arguments: [memberArgument],
        isResumable: true
    ) { arguments in
        try await control(arguments) { container, survey in
            container.state == .running
                ? nil
                : survey.stepWithNewFiles(for: container)
                    ?? Step(.start(member: container.member, container: container.id), reason: "asked for", host: container.host)
        }
    }

    static let stop = CommandDefinition(
        "stop",
        summary: "Stop members; the next `up` or `start` starts them again",
        examples: [("minke stop keystone2", "stop one"), ("minke stop", "stop all")],
        arguments: [memberArgument],
        isResumable: true
    ) { arguments in
        try await control(arguments) { container, _ in
            [.running, .restarting].contains(container.state)
                ? Step(.stop(member: container.member, container: container.id), reason: "asked for", host: container.host) : nil
        }
    }

    static let restart = CommandDefinition(
        "restart",
        summary: "Restart members, one of a service after another, and wait until each is healthy",
        examples: [("minke restart glance-api", "all members of a service")],
        arguments: [memberArgument],
        isResumable: true
    ) { arguments in
        try await control(arguments, inTurn: true) { container, survey in
            survey.stepWithNewFiles(for: container)
                ?? Step(.restart(member: container.member, container: container.id), reason: "asked for", host: container.host)
        }
    }

    private static let memberArgument = ArgumentDefinition.repeated(
        "member", .name(.members), summary: "a member or service; without one, all")

    /// Carries out a step for each chosen container; with `inTurn`, the members of a service one after another.
    private static func control(
        _ arguments: ParsedArguments, inTurn: Bool = false, step: (ObservedContainer, Survey) -> Step?
    ) async throws -> ExitCode {
        let session = try Session(arguments)
        let lock = try await session.lock(for: arguments.command)
        defer { lock.release() }
        let survey = try await session.survey()
        let chosen = try MemberSelection(survey.observed, declared: survey.resolver.layout)
            .containers(named: arguments.list("member"))
        var plan = Plan(environment: session.environment.name, here: survey.observed.here)
        var touched: [String] = []
        var previous: [String: Int] = [:]
        for container in chosen {
            guard var step = step(container, survey) else { continue }
            if inTurn, let index = previous[container.service] { step.after = [index] }
            previous[container.service] = plan.steps.count
            plan.append(step)
            touched.append(container.member)
        }
        let display = StepProgress(arguments, steps: plan.steps.count)
        defer { display.close() }
        try await survey.apply(plan, reporter: display, width: 6)
        arguments.show(ControlReport(members: touched))
        return .done
    }
}

extension Survey {
    /// A step that starts a member's container with its wanted files, where it does not run and has others, which may
    /// be the reason; nil elsewhere.
    fileprivate func stepWithNewFiles(for container: ObservedContainer) -> Step? {
        guard [.exited, .restarting].contains(container.state), let manifest = container.manifest,
            let member = desired.members.first(where: { $0.name == container.member }),
            member.digest == container.digest
        else { return nil }
        let changed = member.files.filter { manifest.files[$0.path] != $0.digest }.map(\.path)
        if changed.isEmpty { return nil }
        return Step(
            .configure(member: member.name, container: container.id, files: changed, cost: .restart),
            reason: "asked for", host: container.host)
    }
}

/// The members that were started, stopped or restarted.
struct ControlReport: Report {
    let members: [String]

    var value: Value { ["members": .list(members.map(Value.string))] }

    // The steps were shown as they were done.
    func text(_ style: Style) -> String { members.isEmpty ? "nothing to do" : "" }
}
