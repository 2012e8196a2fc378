import Clouds
import CommandLine
import Model
import System

extension CommandDefinition {
    static let down = CommandDefinition(
        "down",
        summary: "Remove an environment's containers and network",
        discussion: """
            Members stop in the reverse order of their start. Data volumes and the remembered state stay, so that `up` \
            brings everything back; with --volumes they go too, which cannot be undone.
            """,
        examples: [
            ("minke down -e environments/identity.yaml", "take a cloud down and keep its data"),
            ("minke down --volumes --yes", "leave nothing of it"),
        ],
        options: [.flag("volumes", summary: "also remove data volumes, secrets and the rest of the remembered state")],
        isResumable: true
    ) { arguments in
        let session = try await Session(arguments, restoredInPart: true)
        return try await session.withLock(for: arguments.command) {
            let teardown = try await session.teardown(withVolumes: arguments.flag("volumes"))
            let plan = teardown.plan()
            let lost = plan.steps.compactMap(\.destroys)
            if !lost.isEmpty {
                for step in plan.steps where step.destroys != nil { printError(step.line) }
                try await arguments.confirm("Go on and lose that?")
            }
            let clock = ContinuousClock()
            let start = clock.now
            try await arguments.showSteps(plan.steps.count) { try await teardown.takeDown(reporter: $0) }
            arguments.show(
                DownReport(
                    environment: session.environment.name, steps: plan.steps.count,
                    seconds: (clock.now - start).seconds))
            return .done
        }
    }
}

/// The result of `down`.
struct DownReport: Report {
    let environment: String
    let steps: Int
    let seconds: Double

    var value: Value {
        ["environment": .string(environment), "steps": .int(steps), "seconds": .double(seconds)]
    }

    func text(_ style: Style) -> String {
        steps == 0
            ? "\(environment) is not up: nothing to do"
            : "\(environment) is down (\(Duration.seconds(seconds).words()))"
    }
}
