import Building
import CommandLine
import DockerEngine
import Model
import Recipes
import System

extension OptionDefinition {
    /// The options that select images.
    static let imageSelection: [OptionDefinition] = [
        .value("release", short: "r", "NAME", .name(.releases), summary: "a release of the catalogue"),
        .value("version", "TEXT", summary: "the version in the images' names"),
        .value("registry", "HOST", summary: "the registry in the images' names, as host:port"),
        .value("prefix", "TEXT", summary: "the beginning of the images' names, after the registry"),
        .value(
            "group", short: "g", "KEY[=VALUE]",
            summary: "only images of a component group or node role, such as openstack=nova or node=compute"),
        .flag("needed", summary: "only images of the environment's services, and those of named recipes"),
    ]

    /// The option for one line for each image, in the form of Dockerstack's Makefile.
    static let resultLines = OptionDefinition.flag(
        "result-lines", summary: "print one line for each image and nothing else")

    /// The option for the number of images to work on at once.
    static let imageJobs = OptionDefinition.value(
        "jobs", short: "j", "N", .count, default: "2", summary: "how many images at once")
}

extension ArgumentDefinition {
    /// The argument for the recipes whose images are selected.
    static let recipes = ArgumentDefinition.repeated("recipe", .name(.recipes), summary: "a recipe; without one, all")
}

/// The images that a command works on.
struct ImageSelection: Sendable {
    let plan: ImagePlan
    let images: [PlannedImage]

    /// Selects images; their names come from the command line, else from the environment's `images`, else are the
    /// defaults.
    init(_ arguments: ParsedArguments, pushingTo registry: String? = nil) throws {
        let catalog = try arguments.loadCatalog()
        var settings = try Self.settings(arguments, catalog)
        if let registry { settings.registry = registry }
        plan = try ImagePlan(catalog: catalog, settings: settings)
        var recipes = arguments.list("recipe")
        if arguments.flag("needed") { recipes += try Self.needed(arguments, catalog, release: settings.release) }
        images = try plan.select(recipes, group: arguments.string("group"))
        if images.isEmpty {
            throw Problems("no image of release \(settings.release) belongs to \(arguments.string("group") ?? "it")")
        }
    }

    var references: [ImageReference] { images.map(\.reference) }

    /// The recipes of the environment's services of a release.
    ///
    /// - Throws: `Problems` where there is none, and for an environment that cannot be read.
    private static func needed(
        _ arguments: ParsedArguments, _ catalog: Catalog, release: String
    ) throws -> [String] {
        let environment = try arguments.loadEnvironment()
        let usual = environment.images.release ?? catalog.defaultRelease?.name
        let services = environment.services.filter {
            catalog.retired[$0.name] == nil && ($0.release ?? usual) == release
        }
        if services.isEmpty { throw Problems("\(environment.file): no service is of release \(release)") }
        return services.map(\.name)
    }

    private static func settings(_ arguments: ParsedArguments, _ catalog: Catalog) throws -> ImageSettings {
        var named = Environment.Images()
        if arguments.isGiven("environment") || Files.exists(arguments.environmentFile) {
            named = try arguments.loadEnvironment().images
        }
        let release = arguments.string("release") ?? named.release ?? catalog.defaultRelease?.name
        guard let release else {
            throw Problems("the catalogue has no default release", remedy: "name one by --release")
        }
        if let version = arguments.string("version"), !isTag("\(release)-\(version)") {
            throw Problems(
                "--version '\(version)' cannot be part of an image's tag",
                remedy: "a version has letters, digits, dots, hyphens and underscores, and a tag at most 128 of them")
        }
        return ImageSettings(
            registry: arguments.string("registry") ?? named.registry,
            prefix: arguments.string("prefix") ?? named.prefix, release: release,
            version: arguments.string("version") ?? named.version, rootImage: named.rootImage)
    }
}

/// Whether a text can be an image's tag, as registries define it.
func isTag(_ text: String) -> Bool {
    func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
    guard let first = text.utf8.first, isWord(first), text.utf8.count <= 128 else { return false }
    return text.utf8.allSatisfy { isWord($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
}

/// A report of the changes to images.
struct ImageChangesReport: Report {
    let changes: [ImageChange]
    let nothing: String

    var value: Value { .list(changes.map(\.value)) }

    func text(_ style: Style) -> String {
        if changes.isEmpty { return nothing }
        return changes.map { style.paint($0.text, $0.isFailure ? .red : nil) }.joined(separator: "\n")
    }

    var exitCode: ExitCode { changes.contains(where: \.isFailure) ? .failed : .done }
}
