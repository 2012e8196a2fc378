import Building
import CommandLine
import DockerEngine
import Model
import System

extension CommandDefinition {
    static let build = CommandDefinition(
        "build",
        summary: "Build the images that are missing",
        discussion: """
            An image is known by a hash of everything that it is built from, so that only changed images are built, \
            and another version of the same content is only another name. Parents are built before their children, \
            several at once. A failed build stops only those that need it.
            """,
        examples: [
            ("minke build", "all images of the default release"),
            ("minke build --needed client guest", "those of the environment's services, and two more"),
            ("minke build keystone glance -j 4", "two images and those that they are built on"),
            ("minke build --version 1.0", "name existing images 1.0, and build the missing ones"),
        ],
        options: OptionDefinition.imageSelection + [
            .imageJobs,
            .flag("no-cache", summary: "build existing images again, too, without the engine's cache"),
            .value("push", "REGISTRY", summary: "push the images there, as host:port, once they are built"),
            .resultLines,
            .flag("no-package-cache", summary: "download packages without keeping them"),
            .value("network", "MODE", summary: "the network of builds, such as host"),
            .value("source", "URL", summary: "where the sources are, for the images' labels"),
        ],
        arguments: [.recipes],
        isResumable: true
    ) { arguments in
        let selection = try ImageSelection(arguments, pushingTo: arguments.string("push"))
        var options = BuildOptions()
        options.jobs = arguments.int("jobs") ?? options.jobs
        options.rebuilds = arguments.flag("no-cache")
        options.usesPackageCache = !arguments.flag("no-package-cache")
        options.networkMode = arguments.string("network")
        options.source = arguments.string("source")
        let engine = try Engine()
        let isTerse = arguments.flag("result-lines")
        let observer: any BuildObserver = isTerse ? ResultLineObserver() : BuildDisplay(arguments)
        let builder = ImageBuilder(engine: engine, plan: selection.plan, options: options, observer: observer)
        let report = try await builder.build(selection.images)
        if isTerse {
            for row in report.rows where row.isUsable { printOut(resultLine(.built, row.reference)) }
        } else {
            arguments.show(BuiltImagesReport(report: report))
        }
        guard report.isSuccess else { return .failed }
        if arguments.string("push") != nil { return try await selection.push(arguments).exitCode }
        return .done
    }
}

/// A report of the images of a build; failures were shown when they happened.
struct BuiltImagesReport: Report {
    let report: BuildReport

    var value: Value { report.value }
    func text(_ style: Style) -> String { report.summary }
}
