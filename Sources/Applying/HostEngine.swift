import Model

/// The operations on a container host that a plan needs; the same for this host and for others.
public protocol HostEngine: Sendable {
    /// The number of the host's processors.
    func processors() async throws -> Int

    func createNetwork(_ network: NetworkSpecification, labels: [String: String]) async throws
    func removeNetwork(_ name: String) async throws

    /// Saves images with all their layers and names; calls `onBytes` with each piece, on a thread that may block.
    func saveImages(_ names: [String], onBytes: @escaping @Sendable ([UInt8]) throws -> Void) async throws
    /// Loads images that another host saved; calls `next`, on a thread that may block, until it returns nil.
    func loadImages(_ next: @escaping @Sendable () throws -> [UInt8]?) async throws

    /// Creates a container without starting it and returns its id. A volume of rendered files that an earlier container
    /// of this name left is removed first.
    func createContainer(_ request: ContainerRequest) async throws -> String
    /// Puts files below `/etc/minke` of a container that does not run or has no process that reads them.
    func putFiles(_ files: [ContainerFile], into container: String) async throws
    /// Reads the files below `/etc/minke` of a container, whether it runs or not.
    func files(of container: String) async throws -> [ContainerFile]
    /// Puts files below `/etc/minke` of a running container, each atomically in place of the old one. `revision` is a
    /// name for this set of files.
    /// - Throws: `ContainerNotRunning` where the container does not run or ends meanwhile.
    func replaceFiles(
        _ files: [ContainerFile], removing: [String], revision: String, in container: String
    ) async throws
    /// Starts or unpauses a container; a running one is left alone.
    func start(_ container: String) async throws
    /// Makes the engine start a container again whenever it ends, as it does for a newly created one; `stop` ends that.
    func keepRunning(_ container: String) async throws
    /// Stops a container within its own grace period and for good: an engine that starts again leaves it stopped. A
    /// stopped or absent container is left alone.
    func stop(_ container: String) async throws
    func restart(_ container: String) async throws
    func rename(_ container: String, to name: String) async throws
    /// - Throws: `ContainerNotRunning`.
    func kill(_ container: String, signal: String) async throws
    /// Removes a container and its volume of rendered files; data volumes stay. An absent container is no error.
    /// `known` is the observed container where there is one, which saves asking the engine.
    func remove(_ container: String, known: ObservedContainer?) async throws
    /// Waits until a container has ended and returns its exit code.
    func wait(for container: String) async throws -> Int
    func isRunning(_ container: String) async throws -> Bool
    /// The condition of a container; nil where it does not exist.
    func condition(of container: String) async throws -> ContainerCondition?
    /// Reads the end of a container's log.
    func log(of container: String, lines: Int) async throws -> String
    /// Runs a command in a running container, as root or as the container's own user.
    /// - Throws: `ContainerNotRunning`.
    func execute(_ command: [String], in container: String, asRoot: Bool, input: String?) async throws -> Execution

    /// The mark of a volume's creation (`ObservedVolume.created`); nil where the volume does not exist.
    func volumeCreation(_ name: String) async throws -> String?
    func removeVolume(_ name: String) async throws
    func containerID(named name: String) async throws -> String?
}

extension HostEngine {
    /// Runs a command as root in a running container.
    /// - Throws: `ContainerNotRunning`.
    public func execute(_ command: [String], in container: String, input: String?) async throws -> Execution {
        try await execute(command, in: container, asRoot: true, input: input)
    }
}

/// A request to create a container.
public struct ContainerRequest: Sendable {
    /// The container's name on the engine.
    public var name: String
    /// The properties that only a new container can change.
    public var specification: ContainerSpecification
    /// The container's address; nil lets the engine choose one for a short-lived container.
    public var address: IPv4Address?
    /// The container's share of the processors, where others have 1024; nil for the same share.
    public var processorShares: Int?
    /// The id of the container whose network namespace it joins.
    public var pod: String?
    /// The path of the engine's socket on its host.
    var engineSocket: String?
    /// The container's labels.
    public var labels: [String: String]
    /// The labels of volumes that are created together with the container.
    public var volumeLabels: [String: String]

    /// Creates a request.
    public init(
        name: String, specification: ContainerSpecification, address: IPv4Address?, pod: String? = nil,
        labels: [String: String], volumeLabels: [String: String]
    ) {
        self.name = name
        self.specification = specification
        self.address = address
        self.pod = pod
        self.labels = labels
        self.volumeLabels = volumeLabels
    }

    /// The name of the volume that holds the container's rendered files.
    public var filesVolume: String { "\(name)-files" }
}

/// A file to be put below `/etc/minke`.
public struct ContainerFile: Sendable, Hashable {
    /// The path below `/etc/minke`.
    public var path: String
    /// The whole content.
    public var text: String
    /// The POSIX permissions.
    public var mode: Int
    /// The numeric id of both owner and group.
    public var owner: Int

    /// Creates a file.
    public init(path: String, text: String, mode: Int, owner: Int) {
        self.path = path
        self.text = text
        self.mode = mode
        self.owner = owner
    }

    /// Creates a container's copy of a rendered file.
    public init(_ file: RenderedFile) {
        self.init(path: file.path, text: file.text, mode: file.mode, owner: file.owner)
    }
}

/// The state of a container and the number of its restarts.
public struct ContainerCondition: Sendable, Hashable {
    /// The state of the container; one that this program does not know counts as dead.
    public var state: ObservedContainer.State
    /// The number of times that the engine has restarted the container since somebody started it.
    public var restarts: Int
    /// The exit code with which its process last ended.
    public var exitCode: Int
    /// The time of its last start, as the engine gives it, which tells one start from another.
    public var started: String

    /// Creates a condition.
    public init(state: ObservedContainer.State, restarts: Int, exitCode: Int, started: String) {
        self.state = state
        self.restarts = restarts
        self.exitCode = exitCode
        self.started = started
    }
}

/// The error of an operation that needs a running container.
struct ContainerNotRunning: Error, CustomStringConvertible {
    let container: String
    var description: String { "container \(container.prefix(12)) is not running" }
}

/// The error of an engine that does not remove a network.
struct NetworkInUse: Error, CustomStringConvertible {
    let network: String
    /// The names of the containers on the network.
    let containers: [String]

    var description: String {
        if !containers.isEmpty {
            return "network \(network) has containers that are not Minke's: \(containers.joined(separator: ", ")); "
                + "take them off it first with `docker network disconnect`"
        }
        // Docker's count of a network's endpoints can be wrong; the engine corrects it when it starts.
        return "the engine does not remove network \(network), although no container is on it: its count of endpoints "
            + "is wrong until the engine is restarted"
    }
}

/// The exit status and output of a command in a container.
public struct Execution: Sendable, Hashable {
    /// The exit status; 128 and the signal's number where a signal ended the command.
    public var status: Int
    /// The standard output.
    public var output: String
    /// The standard error.
    public var errors: String

    /// Whether SIGKILL ended the command, as it does when the container ends.
    var isKilled: Bool { status == 128 + 9 }

    /// Creates the result of a command.
    public init(status: Int, output: String, errors: String) {
        self.status = status
        self.output = output
        self.errors = errors
    }
}
