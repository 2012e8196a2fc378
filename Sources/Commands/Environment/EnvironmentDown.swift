import Applying
import CommandLine
import Model
import Planning
import Recipes
import System

extension CommandDefinition {
    static let down = CommandDefinition(
        "down",
        summary: "Remove an environment's containers and network",
        discussion: """
            Members stop in the reverse order of their start. Data volumes and what Minke remembers stay, so that `up` \
            brings everything back; with --volumes they go too, which cannot be undone.
            """,
        examples: [
            ("minke down -e environments/identity.yaml", "take a cloud down and keep its data"),
            ("minke down --volumes --yes", "leave nothing of it"),
        ],
        options: [.flag("volumes", summary: "also remove data volumes, secrets and all that is remembered")],
        isResumable: true
    ) { arguments in
        let session = try Session(arguments, restoredInPart: true)
        let lock = try await session.lock(for: arguments.command)
        defer { lock.release() }
        let observed = try await session.observe()
        let teardown = Teardown(
            session: session, catalog: try await session.catalog(), observed: observed,
            withVolumes: arguments.flag("volumes"))
        let plan = teardown.plan()
        let lost = plan.steps.compactMap(\.destroys)
        if !lost.isEmpty {
            for step in plan.steps where step.destroys != nil { printError(step.line) }
            try await arguments.confirm("Go on and lose that?")
        }
        let clock = ContinuousClock()
        let start = clock.now
        try await teardown.carryOut(arguments)
        if session.engine.address.isLocal { try await session.state.giveBack() }
        let dataIsLeft = observed.hosts.contains { host in
            (host.volumes ?? [:]).values.contains { $0.labels[Labels.role] != "files" }
        }
        if arguments.flag("volumes") || !dataIsLeft { try await session.giveUpOwnership() }
        if arguments.flag("volumes") {
            try session.state.erase()
            try Files.remove(arguments.demoFolder(of: session.environment.name))
            try Files.remove(arguments.verifyFolder(of: session.environment.name))
        }
        arguments.show(
            DownReport(
                environment: session.environment.name, steps: plan.steps.count,
                seconds: (clock.now - start).seconds))
        return .done
    }
}

/// The result of `down`.
struct DownReport: Report {
    let environment: String
    let steps: Int
    let seconds: Double

    var value: Value {
        ["environment": .string(environment), "steps": .int(steps), "seconds": .double(seconds)]
    }

    func text(_ style: Style) -> String {
        steps == 0 ? "\(environment) is not up: nothing to do" : "\(environment) is down (\(formatSeconds(seconds)))"
    }
}

/// Plans the removal of everything that an environment has on the engine.
struct Teardown {
    let session: Session
    let catalog: Catalog
    let observed: Observation
    let withVolumes: Bool

    func plan() -> Plan {
        var steps: [Step] = []
        let rank = serviceRanks()
        let containers = observed.containers.sorted {
            (rank[$0.service] ?? Int.max, $0.name) > (rank[$1.service] ?? Int.max, $1.name)
        }
        // A service stops after all services that started after it, so that none loses what it needs while it ends.
        var earlier: [Int] = []
        var current: [Int] = []
        var currentRank: Int?
        for container in containers {
            let own = rank[container.service] ?? Int.max
            if own != currentRank {
                if !current.isEmpty { earlier = current }
                current = []
                currentRank = own
            }
            current.append(steps.count)
            let name = container.member.isEmpty ? container.name : container.member
            steps.append(
                Step(
                    .remove(member: name, container: container.id), reason: "the environment goes down",
                    after: earlier, host: container.host))
        }
        let all = Array(steps.indices)
        for host in observed.hosts { addRemainder(of: host, after: all, to: &steps) }
        return Plan(environment: session.environment.name, steps: steps)
    }

    /// Removes everything that the plan names.
    func carryOut(_ arguments: ParsedArguments) async throws {
        let plan = plan()
        let display = StepProgress(arguments, steps: plan.steps.count)
        defer { display.close() }
        let executor = Executor(
            plan: plan, desired: DesiredState(environment: session.environment.name, network: session.network),
            observed: observed, contents: NoContents(), hosts: session.hosts, recorder: session.state,
            registrar: NoContents(), prober: DirectProber(), reporter: display)
        try await executor.run()
    }

    /// Adds the steps that remove a host's networks and volumes when its containers are gone.
    private func addRemainder(of host: Observation, after all: [Int], to steps: inout [Step]) {
        let networks = host.network?.isOurs == true ? [session.networkName] : []
        for network in networks + host.furtherNetworks.keys.sorted() {
            steps.append(
                Step(
                    .removeNetwork(name: network), reason: "the environment goes down", after: all, host: host.host))
        }
        for volume in (host.volumes ?? [:]).values.sorted(by: { $0.name < $1.name }) {
            let holdsFiles = volume.labels[Labels.role] == "files"
            guard withVolumes || holdsFiles else { continue }
            // Volumes of rendered files go with their containers.
            if holdsFiles, host.containers.contains(where: { "\($0.name)-files" == volume.name }) { continue }
            steps.append(
                Step(
                    .removeVolume(name: volume.name), reason: holdsFiles ? "left behind" : "asked for with --volumes",
                    destroys: holdsFiles ? nil : volume.name, after: all, host: host.host))
        }
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

/// Contents and a registrar for a plan whose steps render and register nothing.
struct NoContents: Contents, Registrar {
    func files(ofMember name: String) throws -> [RenderedFile] { [] }
    func files(ofJob job: String, service: String) throws -> [RenderedFile] { [] }
    func grantInput(service: String, requirement: String) throws -> String { "" }
    func secrets(ofService name: String) -> [String: String] { [:] }
    func register(service: String) async throws {}
    func deregister(service: String) async throws {}
    func withdraw(_ departure: Departure, teller: String) async throws {}
}
