import Model

/// The file texts and secrets behind a plan's digests, asked for when a step needs them.
public protocol Contents: Sendable {
    func files(ofMember name: String) throws -> [RenderedFile]
    func files(of job: DesiredJob) throws -> [RenderedFile]
    /// The standard input of a grant's command.
    func input(of grant: DesiredGrant) throws -> String
    /// The secrets of a member and its service by key; the manifest in its container keeps them in case the store is
    /// lost.
    func secrets(of member: DesiredMember) -> [String: String]
}

/// A recorder of the finished work. Every call is durable when it returns.
public protocol Recorder: Sendable {
    /// Throws where the lock on the work was lost, so that another run may be at work.
    func requireLock() async throws
    func record(_ manifest: Manifest, container: String) async throws
    func forget(container: String) async throws
    /// Records whether the engine starts a container again whenever it has ended.
    func record(keepsRunning: Bool, container: String) async throws
    func record(_ record: DoneRecord, for milestone: Milestone) async throws
    func forget(_ milestone: Milestone) async throws
    /// Forgets a removed member that no service lists any more.
    func forget(_ departure: Departure) async throws
    /// Records that a volume keeps data from now on.
    func record(_ volume: KnownVolume) async throws
}

/// A registrar of services in Keystone, which also deletes registrations and entries of members.
public protocol Registrar: Sendable {
    /// Registers a service in Keystone.
    func register(service: String) async throws
    /// Deletes the objects that were made for a service's registration.
    func deregister(service: String) async throws
    /// Deletes the entry of a removed member at the API of the service that lists it.
    func withdraw(_ departure: Departure, teller: String) async throws
}

/// An attacher of this host's network interfaces to further networks of the environment.
public protocol Attacher: Sendable {
    /// - Parameter network: the network's name in the environment's file.
    func attach(_ interface: String, to network: String) async throws
}

/// A prober of members.
public protocol Prober: Sendable {
    /// Tries a probe once and returns the answer.
    func tryOnce(_ probe: Probe, address: IPv4Address?, container: String, on host: any HostEngine) async -> ProbeAnswer
}

/// The result of one try of a probe, with words for the user.
public struct ProbeAnswer: Sendable, Hashable {
    /// Whether the member answered as the probe expects.
    public var isHealthy: Bool
    /// The answer, or the reason why there was none, as a clause.
    public var words: String

    /// Creates an answer.
    public init(isHealthy: Bool, words: String) {
        self.isHealthy = isHealthy
        self.words = words
    }
}

/// A receiver of the progress of the work.
public protocol Reporter: Sendable {
    func started(_ step: Step, number: Int)
    func finished(_ step: Step, number: Int, seconds: Double)
    func failed(_ step: Step, number: Int, error: any Error)
    func skipped(_ step: Step, number: Int)
    /// Receives a text on the current work of a step, such as a wait.
    func note(_ step: Step, number: Int, text: String)
}
