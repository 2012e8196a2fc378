import Building
import CommandLine
import DockerEngine
import Glibc
import Model
import System

extension CommandDefinition {
    static let clean = CommandDefinition(
        "clean",
        summary: "Remove the images of a version from the engine",
        discussion: "An image that has another name as well keeps it. A missing image is no error.",
        examples: [("minke clean --version 1.0", "all images of version 1.0")],
        options: OptionDefinition.imageSelection + [.imageJobs, .resultLines],
        arguments: [.recipes],
        isResumable: true
    ) { arguments in
        let selection = try ImageSelection(arguments)
        let settings = selection.plan.settings
        let isTerse = arguments.flag("result-lines")
        // `--result-lines` stands for Dockerstack's `make clean`, which asked nothing.
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
        discussion: """
            Builds of newer content leave such images behind. They are shown first, and removed after consent. Other \
            programs' images are not touched.
            """,
        isResumable: true
    ) { arguments in
        let engine = try Engine()
        let list = try await PruneList(engine)
        if !list.images.isEmpty {
            let report = PruneListReport(list: list, now: time(nil))
            if !arguments.wantsJSON { printError(report.text(Style(for: .errors))) }
            try await arguments.confirm("Remove \(report.summary)?")
        }
        let report = ImageChangesReport(
            changes: try await ImageShipping(engine: engine).prune(list), nothing: "nothing to remove")
        arguments.show(report)
        return report.exitCode
    }
}

/// The images that are about to be removed.
struct PruneListReport {
    let list: PruneList
    /// The present time, in seconds since 1970.
    let now: Int

    /// The images that are removed, and their size, as the end of a sentence.
    var summary: String {
        "\(counted(list.images.count, "image")) without a name, and free about \(megabytes(list.frees))"
    }

    func text(_ style: Style) -> String {
        var table = Table(["IMAGE", "FREES", "AGE"])
        for image in list.images {
            table.add([
                image.name, megabytes(image.frees),
                Duration.seconds(max(0, now - image.created)).words(fractions: false),
            ])
        }
        return table.text(style)
    }
}
