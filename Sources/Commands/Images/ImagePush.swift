import Building
import CommandLine
import DockerEngine
import Model

extension CommandDefinition {
    static let push = CommandDefinition(
        "push",
        summary: "Push images to their registry",
        discussion: "Logins are those that `docker login` keeps in ~/.docker/config.json.",
        examples: [("minke push --registry localhost:5100 --version 1.0", "all images of version 1.0")],
        options: OptionDefinition.imageSelection + [.imageJobs],
        arguments: [.recipes],
        isResumable: true
    ) { arguments in
        try await ImageSelection(arguments).push(arguments).exitCode
    }

    static let pull = CommandDefinition(
        "pull",
        summary: "Pull images from their registry",
        examples: [("minke pull keystone --registry localhost:5100", "one image")],
        options: OptionDefinition.imageSelection + [.imageJobs],
        arguments: [.recipes],
        isResumable: true
    ) { arguments in
        let selection = try ImageSelection(arguments)
        let credentials = try selection.credentials(for: "pull")
        let changes = try await arguments.showingChanges("pull", of: selection.references) { onChange in
            try await ImageShipping(engine: try Engine()).pull(
                selection.references, credentials: credentials, jobs: arguments.int("jobs") ?? 1, onChange: onChange)
        }
        return changes.exitCode
    }
}

extension ImageSelection {
    /// Pushes the images, showing each as it goes.
    func push(_ arguments: ParsedArguments) async throws -> ImageChangesReport {
        let credentials = try credentials(for: "push")
        return try await arguments.showingChanges("push", of: references) { onChange in
            try await ImageShipping(engine: try Engine()).push(
                references, credentials: credentials, jobs: arguments.int("jobs") ?? 1, onChange: onChange)
        }
    }

    /// The login to the images' registry; nil where there is none. Throws `Problems` where the images have no registry.
    fileprivate func credentials(for purpose: String) throws -> RegistryCredentials? {
        let registry = plan.settings.registry
        guard !registry.isEmpty else {
            throw Problems(
                "there is no registry to \(purpose) images",
                remedy: "name it by --registry, or as `images: registry:` in the environment")
        }
        return try RegistryCredentials.saved(for: registry)
    }
}

extension ParsedArguments {
    /// Shows each change as it happens, and with `--json` prints all of them in the end.
    fileprivate func showingChanges(
        _ purpose: String, of references: [ImageReference],
        _ body: (@escaping @Sendable (ImageChange) -> Void) async throws -> [ImageChange]
    ) async throws -> ImageChangesReport {
        let display = StepDisplay(.errors)
        defer { display.close() }
        let step = display.begin("\(purpose) \(counted(references.count, "image"))")
        let changes = try await body { change in
            display.note(change.text)
        }
        let report = ImageChangesReport(changes: changes, nothing: "")
        display.end(step, report.exitCode == .done ? .done() : .failed("not all of them"))
        if wantsJSON { show(report) }
        return report
    }
}
