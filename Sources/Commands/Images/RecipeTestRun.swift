import Building
import DockerEngine
import Glibc
import Model
import System

/// One run of a recipe's own test: `test/run` with the image, a network and names of its own.
///
/// The script gets IMAGE, IMAGE_<recipe> (with `_` for `-`) for the images that it names, NETWORK, NAME_PREFIX, LABEL,
/// CATALOG and FIXTURES in its environment. CATALOG is a folder with the files that the test names and no others, which
/// the script itself is in. FIXTURES is a folder whose files stay, for other tests. Whatever else it leaves behind with
/// the label, or the prefix, is removed.
///
/// `RecipeTests.runner` is the hash of this file: results of tests that it ran differently are not kept.
struct RecipeTestRun: Sendable {
    let engine: Engine
    let image: PlannedImage
    let files: RecipeTestFiles
    /// The images other than its own by their variables.
    let images: [String: String]
    /// The catalogue's folder, as messages are to name it.
    let catalog: String

    static let label = "io.minke.recipe-test"

    /// The folder of what tests keep for each other; where there can be none, one of the test's own.
    private static func fixtures(orIn folder: String) throws -> String {
        let shared = "\(PassedTests.standardFolder)/fixtures"
        if (try? Files.makeDirectory(shared)) != nil, access(shared, W_OK) == 0 { return shared }
        try Files.makeDirectory("\(folder)/fixtures")
        return "\(folder)/fixtures"
    }

    /// Runs it to its end.
    ///
    /// - Returns: nil where it passed, else what it said last.
    /// - Throws: `CancellationError`, and errors of the engine.
    func run() async throws -> String? {
        // No recipe's name has `_`: the names of one test begin as those of no other that runs beside it.
        let prefix = "minke-test-\(image.name)_\(getpid())"
        let label = "\(Self.label)=\(prefix)"
        do {
            let failure = try await Files.withTemporaryDirectory { folder in
                try files.write(below: folder)
                let network = try await makeNetwork(prefix, label: label)
                let variables = images.merging([
                    "IMAGE": "\(image.reference)", "NETWORK": network, "NAME_PREFIX": prefix, "LABEL": label,
                    "CATALOG": folder, "FIXTURES": try Self.fixtures(orIn: folder),
                ]) { $1 }
                let script = "\(folder)/recipes/\(image.name)/test/run"
                let run = try await Subprocess(
                    script, [], environment: .adding(variables), timeLimit: .seconds(600)
                ).run()
                if run.status.isSuccess { return String?.none }
                let shown =
                    textLines(run.outputText).suffix(80) + textLines(run.errorText).suffix(40)
                return "\(script) \(run.status)\n\(shown.joined(separator: "\n"))".replacing(folder, with: catalog)
            }
            try await cleanUp(label, prefix: prefix)
            return failure
        } catch {
            try await Task { try await cleanUp(label, prefix: prefix) }.value
            throw error
        }
    }

    /// A network on the first free of a range of small subnets.
    private func makeNetwork(_ name: String, label: String) async throws -> String {
        let taken = try await engine.networks().flatMap { $0.subnets.compactMap { IPv4Network(text: $0.subnet) } }
        let parts = label.split(separator: "=", maxSplits: 1).map(String.init)
        var configuration = NetworkConfiguration(name: name)
        configuration.labels = [parts[0]: parts[1]]
        var lastError: (any Error)?
        for third in 0..<64 {
            let subnet = IPv4Network(address: IPv4Address(198, 19, UInt8(192 + third % 64), 0), prefix: 24)
            if taken.contains(where: { $0.overlaps(subnet) }) { continue }
            configuration.subnet = subnet.description
            do {
                _ = try await engine.createNetwork(configuration)
                return name
            } catch let error as EngineError {
                // Another test was quicker to take the subnet.
                lastError = error
            }
        }
        throw lastError ?? Problems("no subnet of 198.19.192.0/18 is free for a test")
    }

    /// Removes what is left of the test: its script has removed containers, where it came to its end.
    private func cleanUp(_ label: String, prefix: String) async throws {
        let filters = ["label": [label]]
        // A container that it shares with other tests has its name where it was killed before it gave it back.
        let borrowed = try await engine.containers(filters: ["name": ["^/\(prefix)-"]])
        for container in try await engine.containers(filters: filters) + borrowed {
            try await engine.removeContainer(container.id, force: true, volumes: true)
        }
        for volume in try await engine.volumes(filters: filters) { try await engine.removeVolume(volume.name) }
        for network in try await engine.networks(filters: filters) { try await engine.removeNetwork(network.id) }
        for image in try await engine.images(filters: filters) { try await engine.removeImage(image.id, force: true) }
    }
}
