import DockerEngine
import HTTP
import Model
import Recipes
import System

/// The build of a root image: with mmdebstrap from a mirror, or on a pulled image.
struct RootBuild: Sendable {
    let engine: Engine
    let image: PlannedImage
    let root: RootRecipe
    let release: Release
    let source: RootSource
    let labels: [String: String]
    let options: BuildOptions
    let onOutput: @Sendable (String) -> Void

    func run() async throws -> String {
        switch source {
        case .mirror(let sources): try await fromMirror(sources)
        case .image(let name, let sources): try await fromImage(name, sources)
        }
    }

    // MARK: From a mirror

    /// The temporary space, in bytes, for the tree, its packages and its archive, with some to spare.
    private static let room = 512 << 20

    private func fromMirror(_ sources: [String]) async throws -> String {
        let needs = TemporaryNeeds(bytes: Self.room, runsPrograms: true)
        return try await Files.withTemporaryDirectory(prefix: "minke-root", needs: needs) { folder in
            // If root does not run it, mmdebstrap reads the folder as another user.
            try Files.setMode(0o755, of: folder)
            let tree = try RootTree(image.recipe, root, sources: sources)
            try Files.write(try TarWriter.bytes(tree.entries), to: "\(folder)/tree.tar")
            try Files.write(RootTree.lines(downloadSources(sources)), to: "\(folder)/sources.list")
            let result = try await Subprocess(
                "mmdebstrap", try arguments(folder),
                environment: .adding(["DEBIAN_FRONTEND": "noninteractive", "TMPDIR": folder]),
                grace: .seconds(20)
            ) { _, piece in
                onOutput(String(decoding: piece, as: UTF8.self))
            }.run()
            try result.checked()
            return try await engine.importImage(
                try .file("\(folder)/root.tar"), as: image.reference, changes: changes)
        }
    }

    /// The package sources for the download, which is made from the host's own mirror. The image keeps the release's
    /// sources.
    private func downloadSources(_ sources: [String]) -> [String] {
        guard environmentVariable("MINKE_MIRROR") == nil, let mirror = RootSource.hostMirror() else { return sources }
        return sources.map { RootSource.replaceMirror(in: $0, with: mirror) }
    }

    private func arguments(_ folder: String) throws -> [String] {
        var arguments = ["--variant=\(root.variant)", "--format=tar"]
        if !root.packages.isEmpty { arguments.append("--include=\(root.packages.joined(separator: ","))") }
        arguments += root.dpkg.map { "--dpkgopt=\($0)" }
        arguments += root.apt.map { "--aptopt=\($0)" }
        if options.usesPackageCache {
            let cache = "\(options.cacheDirectory)/packages/\(release.debian)"
            try Files.makeDirectory(cache)
            arguments += [
                "--skip=essential/unlink", "--setup-hook=mkdir -p \"$1\"/var/cache/apt/archives",
                "--setup-hook=sync-in \(shellQuoted(cache)) /var/cache/apt/archives",
                "--customize-hook=sync-out /var/cache/apt/archives \(shellQuoted(cache))",
            ]
        }
        arguments.append("--customize-hook=tar-in \(shellQuoted("\(folder)/tree.tar")) /")
        // The recipe's tree has both settings in files of its own.
        arguments.append(
            "--customize-hook=rm -f \"$1\"/etc/dpkg/dpkg.cfg.d/99mmdebstrap \"$1\"/etc/apt/apt.conf.d/99mmdebstrap")
        arguments += root.finish.map { "--customize-hook=chroot \"$1\" sh -c \(shellQuoted($0))" }
        return arguments + [release.debian, "\(folder)/root.tar", "\(folder)/sources.list"]
    }

    /// The Dockerfile instructions that `docker import` applies to a bare root.
    private var changes: [String] {
        let path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        let environment = ["PATH": path, "LANG": "C.UTF-8"]
        return ["CMD [\"bash\"]"]
            + environment.sorted { $0.key < $1.key }.map { "ENV \($0.key)=\(instructionQuoted($0.value))" }
            + [labelInstruction(labels)]
    }

    // MARK: On an image

    private func fromImage(_ name: String, _ sources: [String]) async throws -> String {
        var lines = ["FROM \(name)", "ADD tree.tar /"]
        // One layer for all commands, so that files that the last commands remove are not in the image at all.
        var commands = ["rm -f /etc/apt/sources.list.d/debian.sources"]
        if !root.packages.isEmpty {
            let packages = root.packages.map(shellQuoted).joined(separator: " ")
            commands += ["apt-get update", "DEBIAN_FRONTEND=noninteractive apt-get install -y \(packages)"]
        }
        lines.append("RUN \((commands + root.finish).joined(separator: " && "))")
        lines += ["ENV LANG=C.UTF-8", "CMD [\"bash\"]", labelInstruction(labels)]
        let tree = try TarWriter.bytes(try RootTree(image.recipe, root, sources: sources).entries)
        var build = ImageBuild()
        build.tags = [image.reference.description]
        build.networkMode = options.networkMode
        build.usesCache = !options.rebuilds
        let context: [TarEntry] = [
            .text("Dockerfile", RootTree.lines(lines)), TarEntry("tree.tar", .file(.bytes(tree))),
        ]
        return try await engine.buildImage(build, context: .tar(context), onOutput: onOutput)
    }
}

/// A text quoted as one word for a shell.
package func shellQuoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
}

/// A Dockerfile's LABEL instruction with all labels, sorted.
func labelInstruction(_ labels: [String: String]) -> String {
    let words = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\(instructionQuoted($0.value))" }
    return "LABEL \(words.joined(separator: " "))"
}

/// A text quoted as one word of a Dockerfile's instruction, without variable substitution.
func instructionQuoted(_ text: String) -> String {
    var quoted = "\""
    for character in text {
        if "\"\\$".contains(character) { quoted.append("\\") }
        quoted.append(character == "\n" ? " " : character)
    }
    return quoted + "\""
}
