import Building
import DockerEngine

extension CommandDefinition {
    static let clean = CommandDefinition(
        "clean",
        summary: "Remove the images of a version from the engine",
        discussion: "An image that has another name as well keeps it. What is not there is no error.",
        examples: [("minke clean --version 1.0", "all images of version 1.0")],
        options: OptionDefinition.imageSelection,
        arguments: [.recipes]
    ) { arguments in
        let selection = try ImageSelection(arguments)
        let settings = selection.plan.settings
        try await arguments.confirm(
            "remove \(selection.images.count) images of \(settings.release)-\(settings.version)?")
        let changes = try await ImageShipping(engine: try Engine()).clean(selection.references)
        let report = ImageChangesReport(changes: changes.filter { $0.outcome != .absent }, nothing: "nothing to remove")
        arguments.show(report)
        return report.exitCode
    }

    static let prune = CommandDefinition(
        "prune",
        summary: "Remove Minke's images that have no name and no container",
        discussion: "These are what builds of newer content left behind. Other programs' images are not touched."
    ) { arguments in
        try await arguments.confirm("remove all images of Minke that have no name?")
        let report = ImageChangesReport(
            changes: try await ImageShipping(engine: try Engine()).prune(), nothing: "nothing to remove")
        arguments.show(report)
        return report.exitCode
    }
}
