import DockerEngine
import HTTP
import Model
import System

/// A container host whose engine this program reaches directly.
public struct DockerHost: HostEngine {
    /// The client of the host's engine.
    public let engine: Engine

    /// The folder of rendered files in every container.
    public static let filesFolder = "/etc/minke"

    /// Creates a host from the client of its engine.
    public init(_ engine: Engine) { self.engine = engine }

    /// Returns the number of processors that the engine reports, 1 at least.
    public func processors() async throws -> Int { max(1, try await engine.information().processors) }

    /// Creates a network or takes its equal that has just appeared; throws `OutOfReach` if its bridge is elsewhere.
    public func createNetwork(_ network: NetworkSpecification, labels: [String: String]) async throws {
        var configuration = NetworkConfiguration(name: network.name)
        configuration.subnet = IPv4Network(address: network.subnet.network, prefix: network.subnet.prefix).description
        configuration.gateway = network.gateway.description
        configuration.range = network.range.description
        configuration.labels = labels
        if let mtu = network.mtu { configuration.options["com.docker.network.driver.mtu"] = "\(mtu)" }
        try await createOnce(configuration)
        // Without this check, the probe of every member would fail, one after another.
        if engine.address.isLocal { try OutOfReach.check(gateway: network.gateway) }
    }

    /// Removes a network; one that does not exist is no error, but one with containers on it is.
    public func removeNetwork(_ name: String) async throws {
        do {
            try await engine.removeNetwork(name)
        } catch let error as EngineError where error.message.contains("active endpoints") {
            guard let network = try? await engine.inspectNetwork(name) else { throw error }
            throw NetworkInUse(network: name, containers: network.containers.values.map(\.name).sorted())
        }
    }

    /// Creates a container on all its networks, in place of one of its name that never ran.
    public func createContainer(_ request: ContainerRequest) async throws -> String {
        var request = request
        if request.specification.usesEngine { request.engineSocket = engine.address.socket }
        let id = try await createOnce(request)
        // Only one network can be given when a container is created. A run that ends before the others are connected
        // leaves a container that never started, which the next run creates again.
        for attachment in request.specification.attachments {
            try await engine.connect(
                id, to: attachment.network, EndpointConfiguration(address: attachment.address.description))
        }
        return id
    }

    /// Streams an archive with images, all their layers and names; an error of `onBytes` ends it.
    public func saveImages(_ names: [String], onBytes: @escaping @Sendable ([UInt8]) throws -> Void) async throws {
        try await engine.saveImages(names, onBytes: onBytes)
    }

    /// Loads images from an archive that `next` gives in pieces of any size, and nil at its end.
    public func loadImages(_ next: @escaping @Sendable () throws -> [UInt8]?) async throws {
        try await engine.loadImages(.pieces(size: nil, next: next))
    }

    /// Puts files below `/etc/minke` by the engine's archive call, which works without a running process.
    public func putFiles(_ files: [ContainerFile], into container: String) async throws {
        try await engine.put(tarEntries(files), in: Self.filesFolder, of: container)
    }

    /// Reads the files below `/etc/minke` as UTF-8 text; folders and links are left out.
    public func files(of container: String) async throws -> [ContainerFile] {
        let collected = Locked<[UInt8]>([])
        try await engine.getArchive(Self.filesFolder, of: container) { bytes in collected.withLock { $0 += bytes } }
        return try TarReader.entries(collected.withLock { $0 }).compactMap { entry in
            guard case .file(.bytes(let bytes)) = entry.kind else { return nil }
            let path = entry.path.split(separator: "/").dropFirst().joined(separator: "/")
            return ContainerFile(
                path: path, text: String(decoding: bytes, as: UTF8.self), mode: Int(entry.mode & 0o7777),
                owner: Int(entry.user))
        }
    }

    /// Stages files beside the old ones and has `minke-apply`, a program of the images, put each in its place.
    public func replaceFiles(
        _ files: [ContainerFile], removing: [String], revision: String, in container: String
    ) async throws {
        // Every call has a staging folder of its own: a killed run may have left an older one that is still being
        // applied.
        let name = "\(millisecondsSince1970())-\(revision)"
        let staging = ".staged/\(name)/"
        var staged = files.map { file in
            ContainerFile(path: staging + file.path, text: file.text, mode: file.mode, owner: file.owner)
        }
        if !removing.isEmpty {
            staged.append(
                ContainerFile(
                    path: staging + ".removed", text: removing.map { $0 + "\n" }.joined(), mode: 0o600, owner: 0))
        }
        try await engine.put(tarEntries(staged), in: Self.filesFolder, of: container)
        let result = try await execute(["minke-apply", name], in: container, input: nil)
        if result.isKilled { throw ContainerNotRunning(container: container) }
        if result.status != 0 { throw CommandFailure(command: ["minke-apply", name], result: result) }
    }

    /// The tar entries of the files and of the folders above them, which only the owner may enter.
    private func tarEntries(_ files: [ContainerFile]) -> [TarEntry] {
        var entries: [TarEntry] = []
        var folders: Set<String> = []
        for file in files.sorted(by: { $0.path < $1.path }) {
            var folder = ""
            for part in file.path.split(separator: "/").dropLast() {
                folder += (folder.isEmpty ? "" : "/") + part
                guard folders.insert(folder).inserted else { continue }
                let isStaging =
                    folder == ".staged" || folder.hasPrefix(".staged/") && !folder.dropFirst(8).contains("/")
                let owner = isStaging ? 0 : file.owner
                entries.append(TarEntry(folder, .directory, mode: 0o700, user: owner, group: owner))
            }
            entries.append(
                .text(file.path, file.text, mode: UInt32(file.mode), user: file.owner, group: file.owner))
        }
        return entries
    }

    /// Starts a container, or unpauses it; a running one is left alone.
    public func start(_ container: String) async throws {
        do {
            try await engine.startContainer(container)
        } catch let error as EngineError where error.message.contains("paused") {
            try await engine.unpauseContainer(container)
        }
    }

    /// Sets the restart policy of new containers; it is tried again for 10 s while the container's process ends.
    public func keepRunning(_ container: String) async throws {
        try await setRestart(ContainerSpecification().restartPolicy, of: container)
    }

    /// Sets the restart policy. While the container's process ends or begins, the engine fails with one message or
    /// another of containerd or runc (status 500), so it is tried again for 10 s.
    private func setRestart(_ policy: RestartPolicy, of container: String) async throws {
        let deadline = ContinuousClock.now + .seconds(10)
        while true {
            do {
                return try await engine.updateContainer(container, restart: policy)
            } catch let error as EngineError where error.status == 500 && ContinuousClock.now < deadline {
                try await Task.sleep(for: .milliseconds(50))
            }
        }
    }

    /// Sets the restart policy `no`, then stops the container within its grace period; one that is absent is no error.
    public func stop(_ container: String) async throws {
        do {
            try await setRestart(.no, of: container)
            try await engine.stopContainer(container)
        } catch let error as EngineError where error.isNotFound {}
    }

    /// Stops and starts a container; its restart policy stays.
    public func restart(_ container: String) async throws { try await engine.restartContainer(container) }

    /// Gives a container another name, which no other on the engine may have.
    public func rename(_ container: String, to name: String) async throws {
        try await engine.renameContainer(container, to: name)
    }

    /// Sends a signal to a container's first process; throws `ContainerNotRunning` where it does not run.
    public func kill(_ container: String, signal: String) async throws {
        try await asRunning(container) { try await engine.killContainer(container, signal: signal) }
    }

    /// Kills and removes a container with its anonymous volumes and the volume of its rendered files.
    public func remove(_ container: String, known: ObservedContainer?) async throws {
        var volume: String?
        if let known {
            volume = known.volumes.first { $0 == "\(known.name)-files" }
        } else {
            guard let details = try await engine.findContainer(container) else { return }
            volume = "\(details.name)-files"
        }
        try await engine.removeContainer(container, force: true, volumes: true)
        if let volume { try await engine.removeVolume(volume) }
    }

    /// Waits until a container does not run and returns its exit code.
    public func wait(for container: String) async throws -> Int { try await engine.waitForContainer(container) }

    /// Whether a container is in the state `running`; one that does not exist is an error.
    public func isRunning(_ container: String) async throws -> Bool {
        try await engine.inspectContainer(container).state.state == .running
    }

    /// Returns the condition that the engine has of a container; nil where the container does not exist.
    public func condition(of container: String) async throws -> ContainerCondition? {
        guard let details = try await engine.findContainer(container) else { return nil }
        return ContainerCondition(
            state: ObservedContainer.State(rawValue: details.state.state.rawValue) ?? .dead,
            restarts: details.restartCount, exitCode: details.state.exitCode, started: details.state.started)
    }

    /// Returns the last lines of a container's standard output and error, as the engine logged them.
    public func log(of container: String, lines: Int) async throws -> String {
        try await engine.logs(of: container, LogSelection(tail: lines)).map(\.text).joined()
    }

    /// Runs a command as root or as the container's own user; throws `ContainerNotRunning` where the container does not
    /// run or ends meanwhile.
    public func execute(
        _ command: [String], in container: String, asRoot: Bool, input: String?
    ) async throws -> Execution {
        let result = try await asRunning(container) {
            try await engine.exec(
                in: container, ExecConfiguration(command, user: asRoot ? "0" : nil),
                input: input.map { Array($0.utf8) })
        }
        let execution = Execution(status: result.exitCode, output: result.outputText, errors: result.errorText)
        // This message of the runtime means that the container's process ended while the command was to join it.
        let told = execution.output + execution.errors
        if execution.status == 126, told.contains("unable to create new parent process") {
            throw ContainerNotRunning(container: container)
        }
        return execution
    }

    private func asRunning<Result: Sendable>(
        _ container: String, _ body: () async throws -> Result
    ) async throws -> Result {
        do {
            return try await body()
        } catch let error as EngineError
            where error.isConflict && ["is not running", "is restarting"].contains(where: error.message.contains)
        {
            throw ContainerNotRunning(container: container)
        }
    }

    /// Returns the mark of a volume's creation (`ObservedVolume.created`); nil where the volume does not exist.
    public func volumeCreation(_ name: String) async throws -> String? {
        do {
            let volume = try await engine.inspectVolume(name)
            return ObservedVolume.making(created: volume.created, labels: volume.labels)
        } catch let error as EngineError where error.isNotFound {
            return nil
        }
    }

    /// Removes a volume that no container uses; one that does not exist is no error.
    public func removeVolume(_ name: String) async throws { try await engine.removeVolume(name) }

    /// Returns the id of the container that has a name; nil where none has it.
    public func containerID(named name: String) async throws -> String? {
        try await engine.findContainer(name)?.id
    }
}
