import DockerEngine
import HTTP
import Model
import Synchronization
import System
import TestTools

/// A real engine with the objects that a test creates on it, which are removed when the test ends.
struct TestEngine {
    static let label = "io.minke.test"

    let engine: Engine
    /// The prefix of the names of all objects that the test creates.
    let prefix: String
    var labels: [String: String] { [Self.label: prefix] }

    /// Runs `body` with the engine, and afterwards removes everything with the test's label.
    static func with(_ body: (TestEngine) async throws -> Void) async throws {
        let address =
            try environmentVariable("MINKE_TEST_DOCKER_HOST").map { try EngineAddress($0) } ?? .fromEnvironment()
        let number = counter.wrappingAdd(1, ordering: .relaxed).newValue
        let process = try Files.target(ofLink: "/proc/self")
        let test = TestEngine(engine: Engine(address), prefix: "minke-test-\(process)-\(number)")
        try await EngineLock.shared.share {
            do {
                try await body(test)
                try await test.removeAll()
            } catch {
                try await test.removeAll()
                throw error
            }
        }
    }

    private static let counter = Atomic(0)

    private func removeAll() async throws {
        let filters = ["label": ["\(Self.label)=\(prefix)"]]
        for container in try await engine.containers(filters: filters) {
            try await engine.removeContainer(container.id, force: true, volumes: true)
        }
        for network in try await engine.networks(filters: filters) { try await engine.removeNetwork(network.id) }
        for volume in try await engine.volumes(filters: filters) { try await engine.removeVolume(volume.name) }
        for image in try await engine.images(filters: filters) {
            try await engine.removeImage(image.id, force: true)
        }
    }

    /// Creates an image with this host's own shell and some tools, and returns its id.
    func makeImage(tag: String = "tools") async throws -> String {
        try await engine.importImage(
            .tar(try await Self.toolTree()), as: ImageReference(path: prefix, tag: tag),
            changes: ["CMD [\"sleep\", \"600\"]", "LABEL \(Self.label)=\(prefix)", "ENV PATH=/bin"])
    }

    func configuration(_ image: String, _ command: [String]? = nil) -> ContainerConfiguration {
        var configuration = ContainerConfiguration(image: image, command: command)
        configuration.labels = labels
        configuration.host.networkMode = "none"
        configuration.stopTimeout = .seconds(1)
        return configuration
    }

    /// Creates and starts a container.
    func run(_ name: String, _ configuration: ContainerConfiguration) async throws -> String {
        let id = try await engine.createContainer(name: "\(prefix)-\(name)", configuration)
        try await engine.startContainer(id)
        return id
    }

    private static func toolTree() async throws -> [TarEntry] {
        let tools = ["sh", "cat", "sleep", "ls", "id", "env", "hostname", "stty", "mkdir"]
        var entries = ["bin", "dev", "etc", "proc", "sys", "tmp"].map { TarEntry($0, .directory) }
        var libraries: Set<String> = []
        for tool in tools {
            let path = try Files.realPath(
                try await Subprocess("sh", ["-c", "command -v \(tool)"]).run().checked().outputText)
            entries.append(try file(path, as: "bin/\(tool)"))
            let needed = try await Subprocess("ldd", [path]).run().outputText
            libraries.formUnion(
                needed.split(whereSeparator: \.isWhitespace).map(String.init).filter { $0.first == "/" })
        }
        var folders: Set<String> = []
        for library in libraries.sorted() {
            var folder = Files.folder(of: library)
            var above: [String] = []
            while folder != "/" {
                if folders.insert(folder).inserted { above.append(folder) }
                folder = Files.folder(of: folder)
            }
            entries += above.reversed().map { TarEntry(String($0.dropFirst()), .directory) }
            entries.append(try file(try Files.realPath(library), as: String(library.dropFirst())))
        }
        return entries
    }

    private static func file(_ path: String, as name: String) throws -> TarEntry {
        let size = try Files.status(of: path).size
        return TarEntry(name, .file(.file(path: path, size: size)), mode: 0o755)
    }
}
