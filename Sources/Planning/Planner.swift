import Model

/// A planner of the steps from the observed state to the desired one. It is pure: the same input gives the same plan.
public struct Planner {
    let desired: DesiredState
    let observed: Observation
    /// The records of earlier work, by `Planner.recordKey`.
    let records: [String: DoneRecord]
    /// The rendered files of a member, asked for only where some of them changed.
    let files: (_ member: String) throws -> [RenderedFile]

    /// Whether everything that can be verified is done again, whatever the records say.
    public var repeatsWork = false

    /// The remembered data volumes of the environment.
    public var knownVolumes: [KnownVolume] = []

    /// The environment of another name that the same file described before.
    public var former: FormerEnvironment?

    /// Members that are gone for good, which an API may still list.
    public var departures: [Departure] = []

    /// The interfaces of this host that were put on further networks and are gone, with the networks' names in the
    /// file.
    public var detached: [(interface: String, network: String)] = []

    /// The services for which objects were made in Keystone.
    public var registered: Set<String> = []

    var drafts: [Draft] = []
    /// The changes of the members whose network namespaces others join, by the members' names.
    var pods: [String: PodChange] = [:]

    /// A step that has no number yet. It waits for milestones, which have names, also for those of other hosts.
    struct Draft {
        var step: Step
        /// The milestones that come first by the desired state.
        var after: [Milestone] = []
        /// Further milestones that come first, those of this plan: networks, images, removals, turns.
        var order: [Milestone] = []
    }

    /// Creates a planner with the records of earlier work; everything else that is remembered can be set afterwards.
    public init(
        desired: DesiredState, observed: Observation, records: [String: DoneRecord],
        files: @escaping (_ member: String) throws -> [RenderedFile]
    ) {
        self.desired = desired
        self.observed = observed
        self.records = records
        self.files = files
    }

    /// Makes the plan, sorted so that every step comes after its dependencies.
    public func plan() throws -> Plan {
        try checkHosts()
        var planner = self
        try planner.draft()
        return Plan(
            environment: desired.environment, here: observed.here, steps: planner.ordered(), missing: desired.missing,
            notes: desired.notes)
    }

    /// Drafts all steps.
    mutating func draft() throws {
        var containers: [String: [ObservedContainer]] = [:]
        for container in observed.containers where container.role == .member {
            containers[container.member, default: []].append(container)
        }
        var changes: [(DesiredMember, MemberChange)] = []
        let holders = Set(desired.members.compactMap(\.specification.pod))
        // The change of a pod decides the changes of the members in it.
        for member in holders.isEmpty ? desired.members : sortedByPods() {
            let own = (containers.removeValue(forKey: member.name) ?? []).sorted { $0.id < $1.id }
            let change = try change(of: member, containers: own)
            if let change { changes.append((member, change)) }
            if holders.contains(member.name) { pods[member.name] = PodChange(own, change?.step.action) }
        }
        let work = pendingWork()
        let needsNetwork = changes.contains { $0.1.needsNetwork } || !work.isEmpty || !detached.isEmpty
        if needsNetwork {
            draftNetworks()
        }
        let first = drafts.map(\.step.milestone)
        drafts += detached.map { interface, network in
            Draft(
                step: Step(
                    .attach(interface: interface, network: network), reason: "it is not there any more",
                    host: observed.here),
                order: first)
        }
        let copies = draftImages(neededBy: changes, work)
        drafts += work.map { draft in
            var draft = draft
            draft.order += first
            if let copy = copies[draft.step.host] { draft.order.append(copy) }
            return draft
        }
        let removals = draftRemovals(containers)
        orderJobs(after: removals)
        let orphans = containers.values.flatMap { $0 }
        draftLeaving(orphans, removals: removals)
        draftWithdrawals(orphans, removals: removals)
        draftChanges(changes, first: first, copies: copies, removals: removals)
        draftFrontFirst()
        draftRemovalOfNetworks()
    }

    private mutating func draftNetworks() {
        for host in observed.hosts {
            for network in desired.networks[host.host] ?? []
            where host.network(network.name, isOwn: desired.isOwn(network: network.name)) == nil {
                drafts.append(Draft(step: Step(.createNetwork(network), reason: "missing", host: host.host)))
            }
        }
    }

    /// Drafts the removal of further networks that left the environment, after all other steps.
    private mutating func draftRemovalOfNetworks() {
        let wanted = Set(desired.networks.values.flatMap { $0.map(\.name) })
        let all = drafts.map(\.step.milestone)
        for host in observed.hosts {
            for name in host.furtherNetworks.keys.sorted() where !wanted.contains(name) {
                let step = Step(.removeNetwork(name: name), reason: "not in the environment", host: host.host)
                drafts.append(Draft(step: step, order: all))
            }
        }
    }

    /// The members, those that hold pods before those in them.
    private func sortedByPods() -> [DesiredMember] {
        desired.members.filter { $0.specification.pod == nil } + desired.members.filter { $0.specification.pod != nil }
    }

    private mutating func draftChanges(
        _ changes: [(DesiredMember, MemberChange)], first: [Milestone], copies: [String: Milestone], removals: [Int]
    ) {
        var previous: [String: Milestone] = [:]
        let sidecars = removalsOfSidecars(removals)
        let check = DataCheck(desired: desired, observed: observed, known: knownVolumes, former: former)
        var told: Set<String> = []
        for (member, change) in changes {
            var step = change.step
            step.host = member.identity.host
            if step.action.makesContainer, let lack = check.lack(of: member), told.insert(lack.words).inserted {
                step.without = lack.words
            }
            var draft = Draft(step: step, after: member.after, order: first)
            if let copy = copies[step.host] { draft.order.append(copy) }
            // The front forgets removed servers, so it changes only after the removals, which drain their requests.
            if member.isFront { draft.order += milestones(removals) }
            // A member takes data over only after the removal of the container that has it.
            draft.order += milestones(removals.filter { isRemoval(drafts[$0].step, ofDataTakenOverBy: member) })
            // Sidecars that are not wanted any more end before their member does.
            draft.order += milestones(sidecars[member.name] ?? [])
            // Serving members of one service are changed one after another. Nobody waits for sidecars.
            if change.isRolling, member.sidecarOf == nil {
                draft.after += member.afterToReplace
                if let other = previous[member.service] { draft.order.append(other) }
                previous[member.service] = step.milestone
            }
            drafts.append(draft)
        }
        draftVacating()
    }

    /// Drafts the removal of containers that left the environment, and returns the drafts' indices.
    private mutating func draftRemovals(_ containers: [String: [ObservedContainer]]) -> [Int] {
        let start = drafts.count
        for (member, orphans) in containers.sorted(by: { $0.key < $1.key }) {
            for container in orphans.sorted(by: { $0.name < $1.name }) {
                drafts.append(
                    Draft(
                        step: Step(
                            .remove(member: member, container: container.id), reason: "not in the environment",
                            destroys: "container \(container.name); its volumes stay", host: container.host)))
            }
        }
        let sidecars = removalsOfSidecars(Array(start..<drafts.count))
        for index in start..<drafts.count {
            guard case .remove(let member, _) = drafts[index].step.action, let own = sidecars[member] else { continue }
            drafts[index].order += milestones(own)
        }
        for container in observed.containers.sorted(by: { $0.name < $1.name })
        where container.role == .job && container.state != .running && !isPending(container) {
            drafts.append(
                Draft(
                    step: Step(
                        .remove(member: container.name, container: container.id),
                        reason: "left behind by an interrupted run", host: container.host)))
        }
        return Array(start..<drafts.count)
    }

    /// Has a member's jobs, which work with the member's volumes, wait for the removal of the container whose data the
    /// member takes over.
    private mutating func orderJobs(after removals: [Int]) {
        let takers = Dictionary(
            desired.members.filter { $0.data.contains(where: \.isTakenOver) }.map { ($0.name, $0) },
            uniquingKeysWith: { first, _ in first })
        if takers.isEmpty { return }
        for index in drafts.indices {
            guard case .runJob(_, _, let member?) = drafts[index].step.action, let taker = takers[member] else {
                continue
            }
            drafts[index].order += milestones(
                removals.filter { isRemoval(drafts[$0].step, ofDataTakenOverBy: taker) })
        }
    }

    /// The milestones of drafts, which are given by their indices.
    func milestones(_ indices: [Int]) -> [Milestone] { indices.map { drafts[$0].step.milestone } }

    /// The drafts among these that remove sidecars, by the names of their members.
    private func removalsOfSidecars(_ removals: [Int]) -> [String: [Int]] {
        let members = Dictionary(
            observed.containers.compactMap { container in container.sidecarOf.map { (container.id, $0) } },
            uniquingKeysWith: { first, _ in first })
        if members.isEmpty { return [:] }
        var found: [String: [Int]] = [:]
        for index in removals {
            guard case .remove(_, let id) = drafts[index].step.action, let member = members[id] else { continue }
            found[member, default: []].append(index)
        }
        return found
    }

    private func isRemoval(_ step: Step, ofDataTakenOverBy member: DesiredMember) -> Bool {
        let volumes = Set(member.data.filter(\.isTakenOver).map(\.name))
        guard !volumes.isEmpty, case .remove(_, let id) = step.action else { return false }
        return observed.containers.contains { $0.id == id && !volumes.isDisjoint(with: $0.volumes) }
    }

    /// Whether a container is a leftover of a job that runs again, whose step removes it.
    private func isPending(_ container: ObservedContainer) -> Bool {
        drafts.contains { draft in
            if case .runJob(let service, let name, let member) = draft.step.action {
                return container.service == service && container.member == name && container.worksFor == member
            }
            return false
        }
    }
}
