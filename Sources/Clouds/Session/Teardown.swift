import Applying
import Model
import Planning
import Recipes
import System

/// The removal of everything that an environment has on its engines.
package struct Teardown {
    package let session: Session
    package let catalog: Catalog
    package let observed: Observation
    package let withVolumes: Bool

    package init(session: Session, catalog: Catalog, observed: Observation, withVolumes: Bool) {
        self.session = session
        self.catalog = catalog
        self.observed = observed
        self.withVolumes = withVolumes
    }

    package func plan() -> Plan {
        var builder = PlanBuilder(environment: session.environment.name, here: observed.here)
        let rank = serviceRanks()
        // Names in descending order have sidecars before their members.
        let containers = observed.containers.sorted {
            (rank[$0.service] ?? Int.max, $0.name) > (rank[$1.service] ?? Int.max, $1.name)
        }
        // The removals of sidecars, by their members.
        var sidecars: [String: [Milestone]] = [:]
        // A service stops after all services that started after it, so that none loses what it needs while it ends.
        var earlier: [Milestone] = []
        var current: [Milestone] = []
        var currentRank: Int?
        for container in containers {
            let own = rank[container.service] ?? Int.max
            if own != currentRank {
                if !current.isEmpty { earlier = current }
                current = []
                currentRank = own
            }
            let name = container.member.isEmpty ? container.name : container.member
            let step = Step(
                .remove(member: name, container: container.id), reason: "the environment goes down",
                host: container.host)
            builder.append(
                step, after: earlier + (container.sidecarOf == nil ? sidecars[container.member] ?? [] : []))
            current.append(step.milestone)
            if let member = container.sidecarOf { sidecars[member, default: []].append(step.milestone) }
        }
        // Networks and volumes go when all containers are gone.
        builder.append(last: observed.hosts.flatMap { remainder(of: $0) })
        return builder.plan
    }

    /// Removes everything that the plan names.
    package func carryOut(reporter: any Reporter) async throws {
        let plan = plan()
        let executor = Executor(
            plan: plan, desired: DesiredState(environment: session.environment.name, networks: [:]),
            observed: observed, contents: NoContents(), hosts: session.hosts, recorder: session.state,
            registrar: NoContents(), prober: DirectProber(), reporter: reporter)
        try await executor.run()
    }

    /// Removes everything that the plan names, gives back the interfaces of this host, and gives the environment up
    /// where no data is left of it.
    package func takeDown(reporter: any Reporter) async throws {
        try await carryOut(reporter: reporter)
        if session.engine.address.isLocal { try await session.state.giveBack() }
        let dataIsLeft = observed.hosts.contains { host in
            (host.volumes ?? [:]).values.contains { $0.labels[Labels.role] != "files" }
        }
        if withVolumes || !dataIsLeft { try await session.giveUpOwnership() }
        if withVolumes { try await forgetAll() }
    }

    /// Forgets everything of the environment: its entries in the store, and the folders beside that.
    private func forgetAll() async throws {
        try await session.state.erase()
        for folder in [StateFolder.demo, StateFolder.verify] {
            try Files.remove(folder(session.environment.name, session.stateFolder))
        }
    }

    /// The steps that remove a host's networks and volumes.
    private func remainder(of host: HostObservation) -> [Step] {
        var steps: [Step] = []
        let networks = host.network?.isOurs == true ? [session.networkName] : []
        for network in networks + host.furtherNetworks.keys.sorted() {
            steps.append(
                Step(.removeNetwork(name: network), reason: "the environment goes down", host: host.host))
        }
        for volume in (host.volumes ?? [:]).values.sorted(by: { $0.name < $1.name }) {
            let holdsFiles = volume.labels[Labels.role] == "files"
            guard withVolumes || holdsFiles else { continue }
            // Volumes of rendered files go with their containers.
            if holdsFiles,
                observed.containers.contains(where: { $0.host == host.host && "\($0.name)-files" == volume.name })
            {
                continue
            }
            steps.append(
                Step(
                    .removeVolume(name: volume.name), reason: holdsFiles ? "left behind" : "asked for with --volumes",
                    destroys: holdsFiles ? nil : volume.name, host: host.host))
        }
        return steps
    }

    /// The rank of each service in the order of starts: one more than the highest rank that it waits for.
    private func serviceRanks() -> [String: Int] {
        var ranks: [String: Int] = [:]
        func rank(_ name: String, depth: Int) -> Int {
            if let known = ranks[name] { return known }
            guard depth < 100, let service = catalog.recipes[name]?.service else { return 0 }
            let needed = service.requires.filter(\.waits).map { rank($0.service, depth: depth + 1) + 1 }
            // The front stops after other services: the connections that they keep open to it would hold it up. They
            // answer the requests that they have taken before they end. Services that link the hosts stop after the
            // front.
            let own = service.linksHosts ? -2 : service.isFront ? -1 : needed.max() ?? 0
            ranks[name] = own
            return own
        }
        for declaration in session.environment.services { _ = rank(declaration.name, depth: 0) }
        return ranks
    }
}

extension Session {
    /// The removal of everything that the environment has now.
    package func teardown(withVolumes: Bool) async throws -> Teardown {
        Teardown(session: self, catalog: try await catalog(), observed: try await observe(), withVolumes: withVolumes)
    }
}

/// Contents and a registrar for a plan whose steps render and register nothing.
package struct NoContents: Contents, Registrar {
    package func files(ofMember name: String) throws -> [RenderedFile] { [] }
    package func files(of job: DesiredJob) throws -> [RenderedFile] { [] }
    package func input(of grant: DesiredGrant) throws -> String { "" }
    package func secrets(of member: DesiredMember) -> [String: String] { [:] }
    package func register(service: String) async throws {}
    package func deregister(service: String) async throws {}
    package func withdraw(_ departure: Departure, teller: String) async throws {}
}
