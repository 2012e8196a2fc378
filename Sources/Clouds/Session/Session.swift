import Applying
import Cryptography
import DockerEngine
import Layouts
import Model
import Observing
import Planning
import Recipes
import Rendering
import Storage
import System

/// An environment with its catalogue, its state and the engines it runs on, as most commands need it.
package struct Session: Sendable {
    package let environment: Environment
    package let state: EnvironmentState
    /// The absolute path of the folder that `state` is in.
    package let stateFolder: String
    /// The reason why the state cannot be written; nil where it can.
    private let unwritable: Problems?
    /// This host's engine.
    package let engine: Engine
    /// The engines of all hosts that can be reached, by the host's name.
    package let engines: [String: Engine]
    /// The journal of this session's reads of the file system.
    package let journal = FileJournal()
    private let loading: Task<Catalog, any Error>
    /// Receives notes for people, one line each.
    package let tell: @Sendable (String) -> Void

    package var networkName: String { Layout.networkName(environment: environment.name) }

    /// Opens the state, while it begins to reach the engine and to read the catalogue.
    ///
    /// - Parameter restoredInPart: whether the command accepts an environment whose restore did not finish; otherwise
    ///   such an environment is refused by `Problems`.
    package init(
        _ places: CloudPlaces, restoredInPart: Bool = false, tell: @escaping @Sendable (String) -> Void
    ) async throws {
        self.tell = tell
        engine = try Engine()
        engine.prepare()
        let (environment, loading) = try Self.read(places, noting: journal)
        self.loading = loading
        let (store, unwritable) = try await StateFolder.openStore(in: places.findState())
        self.unwritable = unwritable
        state = EnvironmentState(store: store, environment: environment.name)
        if !restoredInPart { try await state.refuseUnfinishedRestore() }
        stateFolder = try Files.realPath(places.findState())
        self.environment = environment
        engines = try Self.engines(of: environment, own: engine)
        for (name, other) in engines where name != Environment.here { other.prepare() }
    }

    /// Reads the environment, and begins to read the catalogue.
    private static func read(
        _ places: CloudPlaces, noting journal: FileJournal
    ) throws -> (Environment, Task<Catalog, any Error>) {
        try FileJournal.$current.withValue(journal) {
            let environment = try places.loadEnvironment()
            let folder = try places.findCatalog()
            // The task has the same journal.
            let loading = Task { try Catalog.load(folder: folder, recipes: environment.services.map(\.name)) }
            return (environment, loading)
        }
    }

    /// Throws `Problems` where the state cannot be written.
    package func requireWritableState() throws {
        if let unwritable { throw unwritable }
    }

    /// The recipes that the environment needs.
    package func catalog() async throws -> Catalog { try await loading.value }

    /// Observes the engines and works out the desired state. It changes nothing in the state, but adds new secrets, so
    /// that the next run has the same, and lost entries that containers still have.
    package func survey() async throws -> Survey {
        try await FileJournal.$current.withValue(journal) { try await surveyNoted() }
    }

    private func surveyNoted() async throws -> Survey {
        async let observing = observe()
        let catalog = try await catalog()
        var observed = try await observing
        let stamp = try await state.stamp()
        try await recoverState(from: observed)
        let known = try await state.manifests()
        for index in observed.containers.indices {
            observed.containers[index].manifest = known[observed.containers[index].id]
        }
        try await notePolicies(in: &observed)
        let addresses = try await state.addresses()
        let layout = try Layout(
            environment: environment, catalog: catalog, kept: addresses, containers: observed.containers)
        let (secrets, changed) = try await SecretKeeper(state: state).secrets(for: layout)
        let outdated = Outdated(
            addresses: addresses, secrets: changed,
            manifests: Set(known.keys).subtracting(observed.containers.map(\.id)))
        let unsigned = Resolver(layout: layout, secrets: secrets, images: observed.allImages)
        let (certificates, allSecrets) = try await state.certificates(unsigned.wantedCertificates(), kept: secrets)
        let resolver = unsigned.having(certificates.all)
        var desired = try resolver.desiredState()
        desired.leaving.merge(try leavingServices(observed, catalog)) { own, _ in own }
        let detached = try await detachedInterfaces(observed)
        desired.missing += detached.filter { !$0.isThere }.map(\.words)
        return Survey(
            session: self, catalog: catalog, resolver: resolver, desired: desired, observed: observed,
            records: try await state.records(), knownVolumes: try await state.knownVolumes(),
            former: try await state.formerEnvironment(ofFile: environment.file),
            departures: try await state.departures(), registered: try await state.registeredServices(),
            detached: detached, secrets: allSecrets, outdated: outdated,
            stamp: stamp, certificates: certificates)
    }
}

/// The desired and the observed state of an environment, from which plans are made.
package struct Survey: Sendable {
    package let session: Session
    package let catalog: Catalog
    package let resolver: Resolver
    package let desired: DesiredState
    package let observed: Observation
    package let records: [String: DoneRecord]
    package let knownVolumes: [KnownVolume]
    package let former: FormerEnvironment?
    package let departures: [Departure]
    package let registered: Set<String>
    /// Interfaces of this host that are no longer on their networks.
    package let detached: [DetachedInterface]
    package let secrets: [String: String]
    package let outdated: Outdated
    /// The stamp of the state before it was read.
    package let stamp: StoreStamp
    package let certificates: MadeCertificates

    package var contents: ResolvedContents { ResolvedContents(resolver: resolver, secrets: secrets) }

    /// Makes the plan. Throws `Problems` where something stands in its way.
    ///
    /// - Parameter verify: whether to inspect also what the engine's lists do not show, and to plan again everything
    ///   that can be verified.
    package func plan(verify: Bool = false) async throws -> Plan {
        var observed = try await askingUnhealthy(verify ? try await lookingClosely() : observed)
        observed.servers = await frontServers()
        var planner = Planner(desired: desired, observed: observed, records: records) {
            try resolver.files(ofMember: $0)
        }
        planner.repeatsWork = verify
        planner.knownVolumes = knownVolumes
        planner.former = former
        planner.departures = departures
        planner.registered = registered
        planner.detached = detached.filter(\.isThere).map { ($0.interface, $0.network) }
        let plan = try planner.plan()
        if plan.isEmpty { try checkWhatStays() } else { try await checkConflicts() }
        return plan
    }

    /// Throws `Problems` for conflicts that count also where there is nothing to do.
    private func checkWhatStays() throws {
        let problems =
            Conflicts.findInNetworks(
                desired: desired, observed: observed, places: session.environment.networkPlaces) + checkNames()
        if !problems.isEmpty { throw Problems(problems) }
    }

    private func checkNames() -> [Problem] {
        DataCheck(desired: desired, observed: observed, known: knownVolumes)
            .problems(in: desired.members, at: session.environment.domainPlace)
    }

    private func checkConflicts() async throws {
        if let information = try? await session.engine.information() {
            for finding in EngineRemarks(information).findings where finding.verdict == .lacking {
                session.tell("note: \(finding.subject): \(finding.found); \(finding.remedy ?? "")")
            }
        }
        var problems =
            try checkHost() + checkNames() + resolver.layout.releaseConflicts(with: observed.containers)
            + Conflicts.find(desired: desired, observed: observed, places: session.environment.networkPlaces)
        var patience = Duration.seconds(3)
        let wanted = Set(desired.members.map(\.name))
        for member in desired.members {
            // Only the engine of another host can tell whether a port there is free.
            if member.identity.host != Environment.here { continue }
            let running = observed.containers.filter(\.isRunningMember)
            let own = observed.containers.filter { $0.role == .member && $0.member == member.name }
            if running.contains(where: { $0.member == member.name }) { continue }
            // A member that is to be removed has its ports until then.
            let leaving = running.filter { $0.service == member.service && !wanted.contains($0.member) }
            if !leaving.isEmpty { continue }
            for port in member.specification.ports
            where !observed.own.foreignPorts.contains(where: { $0.collides(with: port) }) {
                if await isOrBecomesFree(port, for: own, within: patience) { continue }
                patience = .zero
                problems.append(
                    Problem(
                        "\(member.name) needs port \(port.hostPort) of \(port.address), which another program has",
                        remedy: "stop that program, or set another `public: address:`"))
            }
        }
        if !problems.isEmpty { throw Problems(problems) }
    }

    /// Whether a port is free within the limit, or the member's own container has it: the engine may still be at work
    /// for a program that was killed.
    private func isOrBecomesFree(
        _ port: ContainerSpecification.PublishedPort, for containers: [ObservedContainer], within limit: Duration
    ) async -> Bool {
        let free: Void? = try? await wait(every: .milliseconds(100), within: limit, for: "\(port.hostPort)") {
            if isPortFree(port) { return true }
            for container in containers where try await session.host(of: container).isRunning(container.id) {
                return true
            }
            return false
        }
        return free != nil
    }

    package var basis: StepBasis {
        let desired = desired.standingStill(certificates.replaced) { try resolver.files(ofMember: $0) }
        return StepBasis(desired: desired, observed: observed, records: records)
    }

    /// Carries a plan out, and remembers its basis.
    package func apply(_ plan: Plan, reporter: any Reporter, width: Int) async throws {
        try await remember()
        try await forgetLacking(in: plan)
        try await rememberDepartures(in: plan)
        var executor = Executor(
            plan: plan, desired: desired, observed: observed, contents: contents, hosts: session.hosts,
            recorder: session.state, registrar: KeystoneRegistrar(resolver: resolver, state: session.state),
            prober: DirectProber(), reporter: reporter)
        executor.width = width
        executor.attacher = session
        try await executor.run()
        try await forgetRemoved(by: plan)
    }
}
