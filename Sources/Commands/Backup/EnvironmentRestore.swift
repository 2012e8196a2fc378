import Clouds
import CommandLine
import Model

extension CommandDefinition {
    static let restore = CommandDefinition(
        "restore",
        summary: "Bring an environment up from an archive of `minke backup`",
        discussion: """
            The host must have nothing of the environment but its images: no container, no volume. Secrets and \
            addresses come back first, then databases, then the rest of the cloud, then other volumes.

            After an interruption, other commands refuse the environment until the same command has been run to its \
            end: it removes the remains of the first run, and begins anew.
            """,
        examples: [("minke restore cloud.tar -e environments/identity.yaml", "the cloud as it was")],
        arguments: [.required("archive", .file, summary: "the archive")],
        isResumable: true
    ) { arguments in
        let session = try await Session(arguments, restoredInPart: true)
        let clock = ContinuousClock()
        let start = clock.now
        let volumes = try await session.restore(
            from: arguments.required("archive"), for: arguments.command, showing: arguments.showSteps)
        arguments.show(
            RestoreReport(
                environment: session.environment.name, volumes: volumes, seconds: (clock.now - start).seconds))
        return .done
    }
}

/// The result of `restore`.
struct RestoreReport: Report {
    let environment: String
    /// The volumes that the archive had.
    let volumes: [String]
    let seconds: Double

    var value: Value {
        [
            "environment": .string(environment), "volumes": .list(volumes.map(Value.string)),
            "seconds": .double(seconds),
        ]
    }

    func text(_ style: Style) -> String {
        style.paint(
            "\(environment) is restored: \(counted(volumes.count, "volume")) in \(Duration.seconds(seconds).words())",
            .green)
    }
}
