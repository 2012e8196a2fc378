import Building
import DockerEngine
import Glibc
import Model
import Recipes
import System

/// Runs recipes' own tests: `test/run` with the image, a network and names of its own.
///
/// The script gets IMAGE, IMAGE_<recipe> for every image of the selection's release (with `_` for `-`), NETWORK,
/// NAME_PREFIX, LABEL and CATALOG in its environment. Whatever it leaves behind with the label is removed.
struct RecipeTests: Sendable {
    let engine: Engine
    let selection: ImageSelection
    let catalog: String
    let isVerbose: Bool

    static let label = "io.minke.recipe-test"

    func run(jobs: Int) async throws -> [RecipeTestResult] {
        try await withThrowingTaskGroup(of: RecipeTestResult.self) { group in
            var results: [RecipeTestResult] = []
            var waiting = selection.images.enumerated().makeIterator()
            for _ in 0..<max(1, jobs) {
                if let (number, image) = waiting.next() { group.addTask { try await test(image, number: number) } }
            }
            while let result = try await group.next() {
                results.append(result)
                if let (number, image) = waiting.next() { group.addTask { try await test(image, number: number) } }
            }
            return results.sorted { $0.recipe < $1.recipe }
        }
    }

    private func test(_ image: PlannedImage, number: Int) async throws -> RecipeTestResult {
        let reference = "\(image.reference)"
        func result(_ outcome: RecipeTestResult.Outcome) -> RecipeTestResult {
            RecipeTestResult(recipe: image.name, reference: reference, outcome: outcome)
        }
        let script = "\(image.recipe.folder)/test/run"
        guard Files.exists(script) else { return result(.absent) }
        let prefix = "minke-test-\(getpid())-\(image.name)"
        let label = "\(Self.label)=\(prefix)"
        let clock = ContinuousClock()
        let start = clock.now
        do {
            let network = try await makeNetwork(prefix, label: label)
            var variables = [
                "IMAGE": reference, "NETWORK": network, "NAME_PREFIX": prefix, "LABEL": label, "CATALOG": catalog,
            ]
            for other in selection.plan.images {
                let name = String(other.name.map { $0 == "-" ? "_" : $0 })
                variables["IMAGE_\(name)"] = "\(other.reference)"
            }
            let run = try await Subprocess(
                script, [], environment: .adding(variables), timeLimit: .seconds(600)
            ).run()
            try await cleanUp(label)
            if run.status.isSuccess { return result(.passed(seconds: (clock.now - start).seconds)) }
            let shown =
                textLines(run.outputText).suffix(80) + textLines(run.errorText).suffix(40)
            return result(.failed("\(script) \(run.status)\n\(shown.joined(separator: "\n"))"))
        } catch {
            try await Task { try await cleanUp(label) }.value
            if error is CancellationError { throw error }
            return result(.failed("\(error)"))
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

    private func cleanUp(_ label: String) async throws {
        let filters = ["label": [label]]
        for container in try await engine.containers(filters: filters) {
            try await engine.removeContainer(container.id, force: true, volumes: true)
        }
        for volume in try await engine.volumes(filters: filters) { try await engine.removeVolume(volume.name) }
        for network in try await engine.networks(filters: filters) { try await engine.removeNetwork(network.id) }
    }
}
