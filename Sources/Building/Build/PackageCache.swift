import DockerEngine
import Model
import System

/// A proxy that keeps packages between builds: a recipe of the catalogue, run while something is built.
struct PackageCache: Sendable {
    /// The recipe that it is made of, where the catalogue has it.
    static let recipe = "apt-cache"
    /// The container's and the volume's name.
    static let name = "minke-apt-cache"
    static let port = 3142

    /// The proxy's address for builds.
    let address: String
    private let engine: Engine
    private let lock: FileLock

    /// Starts the proxy, or uses the one that another build started.
    static func start(_ engine: Engine, image: String, lockFolder: String) async throws
        -> PackageCache
    {
        try Files.makeDirectory(lockFolder)
        let lock = try FileLock("\(lockFolder)/apt-cache.lock")
        try await lock.lockShared()
        do {
            let address = try await run(engine, image: image)
            return PackageCache(address: address, engine: engine, lock: lock)
        } catch {
            lock.unlock()
            throw error
        }
    }

    /// Removes the proxy unless another build uses it; what it downloaded stays in its volume.
    func stop() async {
        lock.unlock()
        guard lock.tryExclusive() else { return }
        try? await engine.removeContainer(Self.name, force: true)
        lock.unlock()
    }

    private static func run(_ engine: Engine, image: String) async throws -> String {
        let running = try? await engine.inspectContainer(name)
        if let running, running.state.state == .running, running.imageID == image,
            let address = running.networks.values.first?.address, !address.isEmpty
        {
            return "http://\(address):\(port)"
        }
        if running != nil { try await engine.removeContainer(name, force: true) }

        let labels = [Labels.role: "tool", Labels.recipe: recipe]
        var configuration = ContainerConfiguration(image: image)
        configuration.labels = labels
        configuration.host.mounts = [Mount(.volume(name: name, labels: labels), at: "/var/cache/apt-cacher-ng")]
        configuration.host.memory = 512 << 20
        configuration.host.logOptions = ["max-size": "10m", "max-file": "1"]
        if let proxy = try BuildProxies().arguments["http_proxy"] { configuration.environment["http_proxy"] = proxy }
        let id = try await engine.createContainer(name: name, configuration)
        try await engine.startContainer(id)
        let probe = ExecConfiguration(["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/\(port)"])
        try await wait(every: .milliseconds(50), within: .seconds(30), for: "the package cache to listen") {
            try await engine.exec(in: id, probe, limit: .seconds(5)).exitCode == 0
        }
        guard let address = try await engine.inspectContainer(id).networks.values.first?.address, !address.isEmpty
        else {
            throw EngineError(call: "use the package cache", status: 200, message: "its container has no address")
        }
        return "http://\(address):\(port)"
    }
}
