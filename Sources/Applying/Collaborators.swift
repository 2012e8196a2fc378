import Model

/// The texts behind a plan's digests, asked for when a step needs them.
public protocol Contents: Sendable {
    func files(ofMember name: String) throws -> [RenderedFile]
    func files(ofJob job: String, service: String) throws -> [RenderedFile]
    func grantInput(service: String, requirement: String) throws -> String
    /// The secrets of a service by key, which its containers' manifests keep for a lost store.
    func secrets(ofService name: String) -> [String: String]
}

/// Where it is written down what was done. Every call is durable when it returns.
public protocol Recorder: Sendable {
    func record(_ manifest: Manifest, container: String) throws
    func forget(container: String) throws
    /// Whether the engine starts a container again whenever it has ended.
    func record(keepsRunning: Bool, container: String) throws
    func record(_ record: DoneRecord, for milestone: Milestone) throws
    func forget(_ milestone: Milestone) throws
    /// Forgets a member that nobody tells of any more.
    func forget(_ departure: Departure) throws
    /// Writes down that a volume keeps data from now on.
    func record(_ volume: KnownVolume) throws
}

/// Tells services of others, and of others no more.
public protocol Registrar: Sendable {
    /// Registers a service in Keystone.
    func register(service: String) async throws
    /// Deletes what was made for a service's registration.
    func deregister(service: String) async throws
    /// Deletes the entry of a member that is gone at the API of the service that tells of it.
    func withdraw(_ departure: Departure, teller: String) async throws
}

/// Puts network interfaces of this host on further networks of the environment.
public protocol Attacher: Sendable {
    /// - Parameter network: the network's name in the environment's file.
    func attach(_ interface: String, to network: String) async throws
}

/// Asks members whether they answer.
public protocol Prober: Sendable {
    /// One try; the answer in words for the user, and whether it was the wanted one.
    func tryOnce(_ probe: Probe, address: IPv4Address?, container: String, on host: any HostEngine) async -> ProbeAnswer
}

/// What a probe heard.
public struct ProbeAnswer: Sendable, Hashable {
    public var isHealthy: Bool
    public var words: String

    public init(isHealthy: Bool, words: String) {
        self.isHealthy = isHealthy
        self.words = words
    }
}

/// Hears how the work goes.
public protocol Reporter: Sendable {
    func started(_ step: Step, number: Int)
    func finished(_ step: Step, number: Int, seconds: Double)
    func failed(_ step: Step, number: Int, error: any Error)
    func skipped(_ step: Step, number: Int)
    /// What a step does now, such as what it waits for.
    func note(_ step: Step, number: Int, text: String)
}
