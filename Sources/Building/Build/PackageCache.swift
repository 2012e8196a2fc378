import DockerEngine
import Model
import System

/// A caching proxy for packages: a recipe of the catalogue, run while images are built.
///
/// All builds on the engine share it. Each build holds a lease: a command in the container that ends with the
/// connection to it. The container ends itself when no lease is left, so also when builds were killed.
struct PackageCache: Sendable {
    /// The name of the recipe, if the catalogue has it.
    static let recipe = "apt-cache"
    static let port = 3142
    /// The exit code of `apt-cache end` if another build holds a lease.
    private static let isLeased = 3

    /// The proxy's URL for builds.
    let address: String
    private let engine: Engine
    private let container: String
    private let lease: Task<Void, any Error>

    /// Starts the proxy, or uses a running one, and takes a lease.
    ///
    /// - Parameter suite: Debian's name for the release; each has a container and a volume of its own.
    static func start(_ engine: Engine, image: String, suite: String) async throws -> PackageCache {
        let name = "minke-apt-cache-\(suite)"
        // Another build may end or create the container at any moment.
        return try await poll(every: .milliseconds(100), within: .seconds(30), for: "the package cache") {
            let id = try await run(engine, name: name, image: image)
            let lease = try await takeLease(engine, in: id)
            do {
                let address = try await awaitAddress(engine, of: id)
                return PackageCache(address: address, engine: engine, container: id, lease: lease)
            } catch {
                lease.cancel()
                throw error
            }
        }
    }

    /// Returns the lease and ends the proxy unless another build holds a lease. The packages stay in its volume.
    func stop() async {
        lease.cancel()
        _ = await lease.result
        // In a task of its own, since this one may be cancelled.
        await Task {
            let end = ExecConfiguration([Self.recipe, "end"])
            let result = try? await engine.exec(in: container, end, limit: .seconds(10))
            if result?.exitCode == Self.isLeased { return }
            try? await wait(every: .milliseconds(50), within: .seconds(10), for: "the package cache's end") {
                try await engine.findContainer(container) == nil
            }
        }.value
    }

    /// Returns the id of the running container, which is created if there is none.
    private static func run(_ engine: Engine, name: String, image: String) async throws -> String {
        if let there = try await engine.findContainer(name) {
            if there.state.state == .running { return there.id }
            try await engine.removeContainer(there.id, force: true)
        }
        let labels = [Labels.role: "tool", Labels.recipe: recipe]
        var configuration = ContainerConfiguration(image: image)
        configuration.labels = labels
        configuration.environment["LEASES"] = "1"
        configuration.host.removesItself = true
        configuration.host.mounts = [Mount(.volume(name: name, labels: labels), at: "/var/cache/apt-cacher-ng")]
        configuration.host.memory = 512 << 20
        configuration.host.logOptions = ["max-size": "10m", "max-file": "1"]
        if let proxy = try BuildProxies().arguments["http_proxy"] { configuration.environment["http_proxy"] = proxy }
        let id = try await engine.createContainer(name: name, configuration)
        try await engine.startContainer(id)
        return id
    }

    private static func takeLease(_ engine: Engine, in container: String) async throws -> Task<Void, any Error> {
        let (words, feed) = AsyncStream.makeStream(of: Void.self)
        let lease = Task {
            defer { feed.finish() }
            _ = try await engine.exec(in: container, ExecConfiguration([recipe, "lease"]), input: .open) { _ in
                feed.yield()
            }
        }
        for await _ in words { return lease }
        lease.cancel()
        _ = try await lease.value
        throw EngineError(call: "use the package cache", status: 200, message: "it is ending")
    }

    private static func awaitAddress(_ engine: Engine, of container: String) async throws -> String {
        let probe = ExecConfiguration(["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/\(port)"])
        try await wait(every: .milliseconds(50), within: .seconds(30), for: "the package cache to listen") {
            try await engine.exec(in: container, probe, limit: .seconds(5)).exitCode == 0
        }
        let networks = try await engine.inspectContainer(container).networks
        guard let address = networks.values.first?.address, !address.isEmpty else {
            throw EngineError(call: "use the package cache", status: 200, message: "its container has no address")
        }
        return "http://\(address):\(port)"
    }
}
