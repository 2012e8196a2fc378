import Cryptography
import DockerEngine
import HTTP
import Model
import System
import Testing

extension Scenario {
    /// The full name of a recipe's image.
    func image(_ recipe: String) -> String { "\(name)/\(recipe):one-latest" }

    /// The id of a recipe's image.
    func id(of recipe: String) async throws -> String {
        try #require(try await engine.images().first { $0.tags.contains(image(recipe)) }).id
    }

    /// Builds images of the tiny catalogue. Another version gives another identity.
    ///
    /// - Parameter stuck: whether the service in the image never becomes healthy.
    func makeImages(_ recipes: [String], version: String = "1", stuck: Bool = false) async throws {
        let base = try await makeBase()
        for recipe in recipes {
            var build = ImageBuild()
            build.tags = [image(recipe)]
            build.labels = [
                Labels.recipe: recipe, Labels.identity: SHA256.hex(of: "\(recipe) \(version) \(stuck)"),
                Self.label: name,
            ]
            var context = [
                TarEntry.text("Dockerfile", "FROM \(base)\nCOPY files /\n"), TarEntry.text("files/version", version),
            ]
            if stuck { context.append(.text("files/stuck", "")) }
            _ = try await engine.buildImage(build, context: .tar(context))
            diary.add("image \(image(recipe)) is of version \(version)\(stuck ? ", stuck" : "")")
        }
    }

    /// Returns the image that all others are built on: a shell, a web server, and the programs that `minke-apply`
    /// needs.
    private func makeBase() async throws -> String {
        let reference = ImageReference(path: "\(name)/tiny", tag: "one-latest")
        if try await !engine.images(filters: ["reference": [reference.description]]).isEmpty {
            return reference.description
        }
        _ = try await engine.importImage(
            .tar(try await tinyTree()), as: reference, changes: ["ENV PATH=/bin", "LABEL \(Self.label)=\(name)"])
        return reference.description
    }
}

/// The base image's files: this host's tools with their libraries, the catalogue's `minke-apply`, the tiny services.
private func tinyTree() async throws -> [TarEntry] {
    let tools = ["bash", "find", "sort", "mv", "chown", "chmod", "flock"]
    let applets = [
        "sh", "cat", "cp", "cut", "date", "echo", "env", "grep", "head", "httpd", "id", "kill", "ls", "mkdir", "nc",
        "ps", "rm", "rmdir", "sed", "sleep", "stat", "tail", "test", "touch", "tr", "wget",
    ]
    var tree = Tree()
    for tool in tools { try await tree.addProgram(tool) }
    try tree.addFile("/bin/busybox", as: "bin/busybox")
    for applet in applets { tree.add(TarEntry("bin/\(applet)", .link("busybox"))) }
    try tree.addFile("\(Places.repository)/catalog/recipes/root/files/usr/bin/minke-apply", as: "bin/minke-apply")
    for folder in ["dev", "etc", "etc/minke", "proc", "sys", "tmp", "run", "var"] { tree.addFolder(folder) }
    tree.add(.text("etc/passwd", "root:x:0:0::/:/bin/sh\ntiny:x:4242:4242::/:/bin/sh\n"))
    tree.add(.text("etc/group", "root:x:0:\ntiny:x:4242:\n"))
    for folder in ["run/web", "var/ledger", "var/vault"] {
        tree.add(TarEntry(folder, .directory, user: 4242, group: 4242))
    }
    for entry in try TarEntry.tree("\(Places.tinyCatalog)/root") where entry.kind != .directory {
        tree.addFolder(Files.folder(of: entry.path))
        tree.add(entry)
    }
    return tree.entries
}

/// A root file system under construction, with each folder once and before its content.
private struct Tree {
    private(set) var entries: [TarEntry] = []
    private var paths: Set<String> = []

    mutating func add(_ entry: TarEntry) {
        if paths.insert(entry.path).inserted { entries.append(entry) }
    }

    mutating func addFolder(_ path: String) {
        if path == "." { return }
        addFolder(Files.folder(of: path))
        add(TarEntry(path, .directory))
    }

    mutating func addFile(_ path: String, as name: String) throws {
        addFolder(Files.folder(of: name))
        let real = try Files.realPath(path)
        add(TarEntry(name, .file(.file(path: real, size: try Files.status(of: real).size)), mode: 0o755))
    }

    /// Adds a program of this host, with the libraries that it is linked with.
    mutating func addProgram(_ name: String) async throws {
        let path = try await Subprocess("sh", ["-c", "command -v \(name)"]).run().checked().outputText
        try addFile(path, as: "bin/\(name)")
        let linked = try await Subprocess("ldd", [path]).run().outputText
        for library in linked.split(whereSeparator: \.isWhitespace) where library.first == "/" {
            try addFile(String(library), as: String(library.dropFirst()))
        }
    }
}
