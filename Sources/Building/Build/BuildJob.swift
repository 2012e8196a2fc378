import DockerEngine
import HTTP
import Model
import Recipes
import System

/// The build of one image.
struct BuildJob: Sendable {
    let engine: Engine
    let image: PlannedImage
    let plan: ImagePlan
    /// The name and id of the parent image; nil for a root image, or if the parent does not exist.
    let base: (name: String, id: String)?
    /// The package cache's URL; nil to build without it.
    let proxy: String?
    let options: BuildOptions
    let observer: any BuildObserver

    private static let shownLogLines = 20

    /// Builds the image and returns its id and its size in bytes.
    ///
    /// - Throws: `BuildFailure` for an error that concerns this image alone, or `CancellationError`.
    func run() async throws -> (id: String, bytes: Int) {
        let log = BuildLog()
        let name = image.name
        let onOutput: @Sendable (String) -> Void = { [observer] text in
            log.append(text)
            observer.observe(.output(name, text))
        }
        do {
            let id: String
            if let root = image.recipe.image.root, image.parent == nil {
                id = try await RootBuild(
                    engine: engine, image: image, root: root, release: plan.release, source: plan.root,
                    labels: labels, options: options, onOutput: onOutput
                ).run()
            } else {
                id = try await buildFromDockerfile(onOutput)
            }
            return (id, try await engine.inspectImage(id).size)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            try Task.checkCancellation()
            throw failure(error, log)
        }
    }

    private func buildFromDockerfile(_ onOutput: @escaping @Sendable (String) -> Void) async throws -> String {
        guard let base else {
            throw BuildFailure(
                recipe: image.name, place: nil, message: "its parent's image is not there", log: [], logFile: nil)
        }
        let text = try Files.readText(dockerfilePath)
        let declared = Dockerfile(text).argumentNames
        var arguments = image.recipe.image.arguments
        // The parent is named by its id: another image may take its name meanwhile.
        arguments["PARENT"] = base.id
        arguments["RELEASE"] = plan.release.name
        arguments["SUITE"] = plan.release.debian
        arguments = arguments.filter { declared.contains($0.key) }
        let usesHost = options.networkMode == "host"
        arguments.merge(try BuildProxies(usesHost: usesHost).arguments) { _, proxy in proxy }
        if let proxy { arguments["http_proxy"] = proxy }

        var build = ImageBuild()
        build.tags = [image.reference.description]
        build.arguments = arguments
        build.networkMode = options.networkMode
        build.usesCache = !options.rebuilds
        // The labels are an instruction of the Dockerfile; the engine would make a step of each.
        let own = image.content.entries.filter { $0.path != "Dockerfile" }
        let context = [TarEntry.text("Dockerfile", "\(text)\n\(labelInstruction(labels))\n")] + own
        return try await engine.buildImage(build, context: .tar(context), onOutput: onOutput)
    }

    private var labels: [String: String] {
        var labels = image.labels(release: plan.release, base: base)
        // An image inherits its parents' labels, and only an empty value overrides one.
        for key in plan.groupLabelsAbove(image) where labels[key] == nil { labels[key] = "" }
        if let source = options.source { labels["org.opencontainers.image.source"] = source }
        return labels
    }

    private var dockerfilePath: String { "\(image.recipe.folder)/Dockerfile" }

    private func failure(_ error: any Error, _ log: BuildLog) -> BuildFailure {
        if let failure = error as? BuildFailure { return failure }
        var place: String?
        var message = "\(error)"
        if let failure = error as? ImageBuildFailure {
            let line = (try? Files.readText(dockerfilePath)).flatMap { Dockerfile($0).line(ofStep: failure.step) }
            place = line.map { "\(dockerfilePath):\($0)" } ?? dockerfilePath
            message = failure.exitCode.map { "\(failure.instruction) exited with \($0)" } ?? failure.message
        } else if let failure = error as? SubprocessFailure {
            message = "\(failure.program) \(failure.status)"
        }
        return BuildFailure(
            recipe: image.name, place: place, message: message, log: log.lastLines(Self.shownLogLines),
            logFile: try? log.save(
                in: "\(options.cacheDirectory)/logs", name: "\(plan.release.name)-\(image.name).log"))
    }
}
