import Building
import DockerEngine
import System

extension CommandDefinition {
    static let clean = CommandDefinition(
        "clean",
        summary: "Remove the images of a version from the engine",
        discussion: "An image that has another name as well keeps it. What is not there is no error.",
        examples: [("minke clean --version 1.0", "all images of version 1.0")],
        options: OptionDefinition.imageSelection + [.imageJobs, .resultLines],
        arguments: [.recipes],
        isResumable: true
    ) { arguments in
        let selection = try ImageSelection(arguments)
        let settings = selection.plan.settings
        let isTerse = arguments.flag("result-lines")
        // Who asks for Dockerstack's lines asks for its `make clean`, which asked nothing.
        if !isTerse {
            try await arguments.confirm(
                "remove \(counted(selection.images.count, "image")) of \(settings.release)-\(settings.version)?")
        }
        let changes = try await ImageShipping(engine: try Engine()).clean(selection.references)
        if isTerse {
            for change in changes where !change.isFailure { printOut(resultLine(.removed, change.subject)) }
            return changes.contains(where: \.isFailure) ? .failed : .done
        }
        let report = ImageChangesReport(changes: changes.filter { $0.outcome != .absent }, nothing: "nothing to remove")
        arguments.show(report)
        return report.exitCode
    }

    static let prune = CommandDefinition(
        "prune",
        summary: "Remove Minke's images that have no name and no container",
        discussion: "These are what builds of newer content left behind. Other programs' images are not touched.",
        isResumable: true
    ) { arguments in
        try await arguments.confirm("remove all images of Minke that have no name?")
        let report = ImageChangesReport(
            changes: try await ImageShipping(engine: try Engine()).prune(), nothing: "nothing to remove")
        arguments.show(report)
        return report.exitCode
    }
}
