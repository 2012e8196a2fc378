import Clouds
import CommandLine
import Model

extension CommandDefinition {
    static let backup = CommandDefinition(
        "backup",
        summary: "Write an environment's data, secrets and remembered state into one archive",
        discussion: """
            Databases are dumped by their own tools while the cloud runs; other volumes are copied as they are. The \
            archive holds secrets and is readable by its owner only.
            """,
        examples: [("minke backup -o cloud.tar", "everything that `minke restore` needs")],
        options: [
            .value(
                "output", short: "o", "FILE", .file, required: true,
                summary: "the archive to write; - is the standard output")
        ]
    ) { arguments in
        let target = try BackupTarget(arguments.required("output"))
        if target.replacesFile { try await arguments.confirm("Replace \(target.file)?") }
        let display = StepDisplay(.errors)
        defer { display.close() }
        try await Session(arguments).backUp(
            to: target, for: arguments.command, progress: ShownProgress(display: display))
        display.close()
        // The stream holds the archive, so no line may follow it.
        if target.isStream { return .done }
        arguments.show(WrittenFileReport(file: target.file, holds: "secrets"))
        return .done
    }
}
