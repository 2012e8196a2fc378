import Model
import System

@testable import Applying

/// An engine that keeps its containers in memory and writes into the journal how it changes them. Questions are counted
/// only.
final class FakeEngine: HostEngine {
    /// A container, which has the id `made-1`, `made-2` and so on where the engine has made it itself.
    struct Container: Sendable {
        var name: String
        var state: ObservedContainer.State
        var isKeptRunning = true
        var files: [String: ContainerFile] = [:]
        var restarts = 0
        var exitCode = 0
        var log = ""
        /// The request that it was made by; nil where it was there before.
        var request: ContainerRequest?
    }

    enum Operation: Sendable {
        case processors, createNetwork, removeNetwork, saveImages, loadImages
        case create, put, files, replaceFiles, start, keepRunning, stop, restart, rename, kill, remove
        case wait, isRunning, condition, log, execute, volumeCreation, removeVolume, containerID
    }

    struct State: Sendable {
        var containers: [String: Container] = [:]
        /// The making of each volume, by name.
        var volumes: [String: String] = [:]
        var networks: Set<String> = []
        var images: [UInt8] = []
        var processors = 2
        var made = 0
        var calls: [Operation: Int] = [:]
        var faults: [Operation: [Fault]] = [:]
        var changes: [String: @Sendable (inout Container?, Int) -> Void] = [:]
        var looks: [String: Int] = [:]
        var answers: [Answer] = []
        var exits: [String: Int?] = [:]
    }

    let state = Locked(State())
    let journal: Journal

    init(_ journal: Journal) { self.journal = journal }

    subscript(id: String) -> Container? { state.withLock { $0.containers[id] } }

    func change(_ id: String, _ body: @Sendable (inout Container?) -> Void) {
        state.withLock { body(&$0.containers[id]) }
    }

    /// Counts a call and throws the error that a test has set for it.
    private func begin(_ operation: Operation, _ line: String? = nil) throws {
        try Task.checkCancellation()
        let error = state.withLock { state in
            let number = state.calls[operation, default: 0] + 1
            state.calls[operation] = number
            return state.faults[operation]?.first { $0.number == nil || $0.number == number }?.error
        }
        if let line { journal.add(error == nil ? line : "\(line): refused") }
        if let error { throw error }
    }

    /// Changes a container that must exist, and run where the operation needs that.
    private func use(
        _ id: String, running: Bool = false, _ body: @Sendable (inout Container) -> Void = { _ in }
    ) throws {
        try state.withLock { state in
            guard var container = state.containers[id] else { throw EngineRefusal("no such container: \(id)") }
            if running, container.state != .running { throw ContainerNotRunning(container: id) }
            body(&container)
            state.containers[id] = container
        }
    }

    // MARK: Host, networks, images, volumes

    func processors() async throws -> Int {
        try begin(.processors)
        return state.withLock { $0.processors }
    }

    func createNetwork(_ network: NetworkSpecification, labels: [String: String]) async throws {
        try begin(.createNetwork, "create network \(network.name) of \(labels[Labels.environment] ?? "nobody")")
        _ = state.withLock { $0.networks.insert(network.name) }
    }

    func removeNetwork(_ name: String) async throws {
        try begin(.removeNetwork, "remove network \(name)")
        _ = state.withLock { $0.networks.remove(name) }
    }

    func saveImages(_ names: [String], onBytes: @escaping @Sendable ([UInt8]) throws -> Void) async throws {
        let bytes = state.withLock { $0.images }
        try await offload {
            // The fault comes in the middle of the stream.
            try onBytes(bytes)
            try self.begin(.saveImages, "save \(names.joined(separator: ", "))")
        }
    }

    func loadImages(_ next: @escaping @Sendable () throws -> [UInt8]?) async throws {
        try begin(.loadImages, "load images")
        try await offload {
            while let bytes = try next() { self.state.withLock { $0.images += bytes } }
        }
    }

    func volumeCreation(_ name: String) async throws -> String? {
        try begin(.volumeCreation)
        return state.withLock { $0.volumes[name] }
    }

    func removeVolume(_ name: String) async throws {
        try begin(.removeVolume, "remove volume \(name)")
        _ = state.withLock { $0.volumes.removeValue(forKey: name) }
    }

    // MARK: Containers

    func createContainer(_ request: ContainerRequest) async throws -> String {
        let id = state.withLock { state in
            state.made += 1
            return "made-\(state.made)"
        }
        try begin(.create, "create \(request.name) as \(id)")
        try state.withLock { state in
            if state.containers.values.contains(where: { $0.name == request.name }) {
                throw EngineRefusal("the name \(request.name) is taken")
            }
            state.containers[id] = Container(name: request.name, state: .created, request: request)
        }
        return id
    }

    func putFiles(_ files: [ContainerFile], into container: String) async throws {
        try begin(.put, "put \(Self.paths(files)) into \(container)")
        try use(container) { for file in files { $0.files[file.path] = file } }
    }

    func files(of container: String) async throws -> [ContainerFile] {
        try begin(.files)
        return (self[container]?.files.values).map { $0.sorted { $0.path < $1.path } } ?? []
    }

    func replaceFiles(
        _ files: [ContainerFile], removing: [String], revision: String, in container: String
    ) async throws {
        let without = removing.isEmpty ? "" : " and remove \(removing.joined(separator: ", "))"
        try begin(.replaceFiles, "replace \(Self.paths(files))\(without) in \(container)")
        try use(container, running: true) {
            for file in files { $0.files[file.path] = file }
            for path in removing { $0.files[path] = nil }
        }
    }

    private static func paths(_ files: [ContainerFile]) -> String {
        files.map(\.path).sorted().joined(separator: ", ")
    }

    func start(_ container: String) async throws {
        try begin(.start, "start \(container)")
        try use(container) {
            $0.state = .running
            $0.restarts = 0
        }
    }

    func keepRunning(_ container: String) async throws {
        try begin(.keepRunning, "keep \(container) running")
        try use(container) { $0.isKeptRunning = true }
    }

    func stop(_ container: String) async throws {
        try begin(.stop, "stop \(container)")
        change(container) {
            $0?.state = .exited
            $0?.isKeptRunning = false
        }
    }

    func restart(_ container: String) async throws {
        try begin(.restart, "restart \(container)")
        try use(container) { $0.state = .running }
    }

    func rename(_ container: String, to name: String) async throws {
        try begin(.rename, "rename \(container) to \(name)")
        try use(container) { $0.name = name }
    }

    func kill(_ container: String, signal: String) async throws {
        try begin(.kill, "send \(signal) to \(container)")
        try use(container, running: true)
    }

    func remove(_ container: String, known: ObservedContainer?) async throws {
        try begin(.remove, "remove \(container)")
        change(container) { $0 = nil }
    }

    func wait(for container: String) async throws -> Int {
        try begin(.wait, "wait for \(container)")
        try use(container)
        let name = self[container]?.name ?? ""
        guard let code = state.withLock({ $0.exits[name, default: 0] }) else {
            try await Task.sleep(for: .seconds(3600))
            throw EngineRefusal("\(container) does not end")
        }
        change(container) { $0?.state = .exited }
        return code
    }

    func isRunning(_ container: String) async throws -> Bool {
        try begin(.isRunning)
        try use(container)
        return self[container]?.state == .running
    }

    func condition(of container: String) async throws -> ContainerCondition? {
        try begin(.condition)
        return state.withLock { state in
            let look = state.looks[container, default: 0] + 1
            state.looks[container] = look
            state.changes[container]?(&state.containers[container], look)
            guard let found = state.containers[container] else { return nil }
            // As Docker does, which forgets the exit code when the process runs again.
            return ContainerCondition(
                state: found.state, restarts: found.restarts, exitCode: found.state == .running ? 0 : found.exitCode,
                started: "")
        }
    }

    func log(of container: String, lines: Int) async throws -> String {
        try begin(.log)
        return self[container]?.log ?? ""
    }

    func execute(
        _ command: [String], in container: String, asRoot: Bool, input: String?
    ) async throws -> Execution {
        let words = command.joined(separator: " ")
        let user = asRoot ? "" : ", as its user"
        try begin(.execute, "in \(container)\(user): \(words)" + (input.map { " < \($0)" } ?? ""))
        try use(container, running: true)
        let answer = state.withLock { $0.answers.last { words.hasPrefix($0.words) } }
        return try await answer?.body() ?? Execution(status: 0, output: "", errors: "")
    }

    func containerID(named name: String) async throws -> String? {
        try begin(.containerID)
        return state.withLock { state in state.containers.first { $0.value.name == name }?.key }
    }
}
