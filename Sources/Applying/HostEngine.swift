import Model

/// What carrying out a plan needs of a container host; the same for this host and for others.
public protocol HostEngine: Sendable {
    func createNetwork(_ network: NetworkSpecification, labels: [String: String]) async throws
    func removeNetwork(_ name: String) async throws

    /// Hands images with all their layers and names over, piece by piece, on a thread that may block.
    func saveImages(_ names: [String], onBytes: @escaping @Sendable ([UInt8]) throws -> Void) async throws
    /// Takes in what another host handed over; `next` is asked on a thread that may block, until it has no more.
    func loadImages(_ next: @escaping @Sendable () throws -> [UInt8]?) async throws

    /// Makes a container that does not run yet and returns its id. A volume of rendered files of the same name that an
    /// earlier container left is removed first.
    func createContainer(_ request: ContainerRequest) async throws -> String
    /// Puts files below `/etc/minke` of a container that does not run, or that nothing in it reads.
    func putFiles(_ files: [ContainerFile], into container: String) async throws
    /// The files below `/etc/minke` of a container, whether it runs or not.
    func files(of container: String) async throws -> [ContainerFile]
    /// Puts files below `/etc/minke` of a running container, each in place of the old one at once. `revision` is a name
    /// for this set of files.
    /// - Throws: `ContainerNotRunning` where it does not run, or ends meanwhile.
    func replaceFiles(
        _ files: [ContainerFile], removing: [String], revision: String, in container: String
    ) async throws
    /// Starts or unpauses; a running container is left alone.
    func start(_ container: String) async throws
    /// Has the engine start a container again whenever it has ended, as a member's is made; `stop` takes that back.
    func keepRunning(_ container: String) async throws
    /// Stops within the container's own grace period, and for good: also an engine that starts again leaves it stopped.
    /// A stopped or absent container is left alone.
    func stop(_ container: String) async throws
    func restart(_ container: String) async throws
    func rename(_ container: String, to name: String) async throws
    /// - Throws: `ContainerNotRunning`.
    func kill(_ container: String, signal: String) async throws
    /// Removes a container and its volume of rendered files; data volumes stay. An absent one is no error. What is known
    /// of the container is not asked for.
    func remove(_ container: String, known: ObservedContainer?) async throws
    /// The exit code, once the container has ended.
    func wait(for container: String) async throws -> Int
    func isRunning(_ container: String) async throws -> Bool
    /// How a container is; nil where it does not exist.
    func condition(of container: String) async throws -> ContainerCondition?
    /// The end of a container's log.
    func log(of container: String, lines: Int) async throws -> String
    /// Runs a command in a running container.
    /// - Throws: `ContainerNotRunning`.
    func execute(_ command: [String], in container: String, input: String?) async throws -> Execution

    /// When a volume was made; nil where there is none.
    func volumeCreation(_ name: String) async throws -> String?
    func removeVolume(_ name: String) async throws
    func containerID(named name: String) async throws -> String?
}

/// A container to be made.
public struct ContainerRequest: Sendable {
    public var name: String
    public var specification: ContainerSpecification
    /// nil lets the engine choose one for a short-lived container.
    public var address: IPv4Address?
    /// Its share of the processors beside others', whose is 1024; nil for as much as they.
    public var processorShares: Int?
    /// The container whose network namespace it joins, by its id.
    public var pod: String?
    /// The path of the engine's socket on its host.
    var engineSocket: String?
    public var labels: [String: String]
    /// Labels of volumes that the container brings into being, by name.
    public var volumeLabels: [String: String]

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
    public var path: String
    public var text: String
    public var mode: Int
    public var owner: Int

    public init(path: String, text: String, mode: Int, owner: Int) {
        self.path = path
        self.text = text
        self.mode = mode
        self.owner = owner
    }

    public init(_ file: RenderedFile) {
        self.init(path: file.path, text: file.text, mode: file.mode, owner: file.owner)
    }
}

/// How a container is, and how often it has ended.
public struct ContainerCondition: Sendable, Hashable {
    public var state: ObservedContainer.State
    /// How often the engine has started it again since somebody started it.
    public var restarts: Int
    /// What its process ended with the last time.
    public var exitCode: Int
    /// When it was last started, in the engine's words: tells one start from another.
    public var started: String

    public init(state: ObservedContainer.State, restarts: Int, exitCode: Int, started: String) {
        self.state = state
        self.restarts = restarts
        self.exitCode = exitCode
        self.started = started
    }
}

/// Something was asked of a container that only a running one does.
struct ContainerNotRunning: Error, CustomStringConvertible {
    let container: String
    var description: String { "container \(container.prefix(12)) is not running" }
}

/// An engine does not remove a network.
struct NetworkInUse: Error, CustomStringConvertible {
    let network: String
    /// Those on it.
    let containers: [String]

    var description: String {
        if !containers.isEmpty {
            return "network \(network) has containers that are not Minke's: \(containers.joined(separator: ", ")); "
                + "take them off it first with `docker network disconnect`"
        }
        // Docker's count of a network's endpoints can differ from what there is; a start of the engine puts it right.
        return "the engine keeps network \(network), on which no container is: its count of endpoints is wrong until "
            + "it is started again"
    }
}

/// How a command in a container ended.
public struct Execution: Sendable, Hashable {
    public var status: Int
    public var output: String
    public var errors: String

    /// Whether SIGKILL ended it, as it does when its container ends.
    var isKilled: Bool { status == 128 + 9 }

    public init(status: Int, output: String, errors: String) {
        self.status = status
        self.output = output
        self.errors = errors
    }
}
