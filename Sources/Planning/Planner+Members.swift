import Model

/// The step that a member needs.
struct MemberChange {
    var step: Step
    /// Whether the step interrupts a serving member, so that the service's members take turns.
    var isRolling = false
    var needsNetwork = false
}

extension Planner {
    /// The change that a member needs; nil where its one container is as wanted.
    func change(of member: DesiredMember, containers: [ObservedContainer]) throws -> MemberChange? {
        guard let best = containers.max(by: { rank($0, for: member) < rank($1, for: member) }) else {
            return create(member, reason: "missing", leftover: nil)
        }
        let others = containers.filter { $0.id != best.id }
        let fits = best.digest == member.digest
        let isConfigured = hasFiles(best, of: member)
        if !others.isEmpty {
            if fits, isConfigured, isSound(best, member) {
                return replace(member, best: best, others: others, reason: "an earlier run was interrupted")
            }
            return replace(member, best: nil, others: containers, reason: try reason(best, member))
        }
        switch best.state {
        case .created, .dead, .removing:
            if fits, isConfigured, best.state == .created, best.manifest != nil, reasonToLeavePod(best, member) == nil {
                return step(.start(member: member.name, container: best.id), reason: "never started")
            }
            return create(member, reason: "its container was never started", leftover: best.id, slot: best.slot)
        case .exited, .paused:
            if fits, isConfigured, reasonToLeavePod(best, member) == nil {
                let how = best.state == .paused ? "paused" : "stopped"
                return step(.start(member: member.name, container: best.id), reason: how)
            }
            return replace(member, best: nil, others: [best], reason: try reason(best, member))
        case .running, .restarting:
            if !fits || !isSound(best, member) {
                return replace(member, best: nil, others: [best], reason: try reason(best, member))
            }
            let startsAgain = member.specification.pod.flatMap { pods[$0] } == .startsAgain(container: best.pod ?? "")
            if !isConfigured {
                // A sidecar has ended by then, and only a running container can be given all new files.
                if startsAgain, member.sidecarOf != nil {
                    return replace(member, best: nil, others: [best], reason: try reason(best, member))
                }
                return try configure(member, container: best)
            }
            if startsAgain {
                let holder = member.sidecarOf == nil ? "pod" : "member"
                return restart(member, best, reason: "its \(holder) starts again")
            }
            if best.state == .restarting { return restart(member, best, reason: "keeps restarting") }
            if best.health == "unhealthy" { return restart(member, best, reason: "unhealthy") }
            let name = best.slot.containerName(environment: desired.environment, member: member.name)
            if best.name != name {
                return step(
                    .rename(member: member.name, container: best.id, name: name), reason: "it is called \(best.name)")
            }
            let record = records[Self.recordKey(.member(member.name))]
            if let volume = newVolume(of: member, record: record, container: best) {
                return restart(member, best, reason: "volume \(volume) is new")
            }
            if best.isKeptRunning == false {
                return step(
                    .keep(member: member.name, container: best.id),
                    reason: "an engine that was killed would not start it again")
            }
            let withheld = member.servers(in: best.slot, of: observed.servers).first(where: \.isWithheld)
            if record?.inputs == best.id, !repeatsWork, withheld == nil { return nil }
            let reason = withheld?.complaint ?? (repeatsWork ? "asked to verify" : "not seen healthy yet")
            return step(.verify(member: member.name, container: best.id), reason: reason)
        }
    }

    /// A volume of granted data that was created anew since a member's process started; nil where there is none.
    private func newVolume(of member: DesiredMember, record: DoneRecord?, container: ObservedContainer) -> String? {
        guard let record, record.inputs == container.id, observed.own.volumes != nil,
            let known = record.anchor?.split(separator: " ", omittingEmptySubsequences: false),
            known.count == member.anchors.count
        else { return nil }
        return zip(member.anchors, known).first { observed.creation(ofVolume: $0) ?? "" != $1 }?.0
    }

    /// Whether a container is unaltered and on its networks under its address. Of one that does not run, that is not
    /// known; one whose process ends again and again is in its pod's namespaces, or cannot start for their lack.
    private func isSound(_ container: ObservedContainer, _ member: DesiredMember) -> Bool {
        if container.state == .restarting { return reasonToLeavePod(container, member) == nil }
        guard container.state == .running else { return true }
        guard container.alterations.isEmpty, reasonToLeavePod(container, member) == nil else { return false }
        if !member.specification.hasNetwork { return true }
        guard container.isOnNetwork, isOnFurtherNetworks(container, member) else { return false }
        guard let address = container.address else { return true }
        return address == member.specification.address(in: container.slot)
    }

    /// The reason why a container cannot stay in the network namespace that it joined; nil where it can or joined none.
    private func reasonToLeavePod(_ container: ObservedContainer, _ member: DesiredMember) -> String? {
        guard let pod = member.specification.pod else { return nil }
        let holder = member.sidecarOf == nil ? "pod \(pod)" : "member \(pod)"
        return (pods[pod] ?? .isMadeAnew).reasonToLeave(container.pod, holder: holder)
    }

    private func isOnFurtherNetworks(_ container: ObservedContainer, _ member: DesiredMember) -> Bool {
        member.specification.attachments.allSatisfy { container.networks.contains($0.network) }
    }

    private func rank(_ container: ObservedContainer, for member: DesiredMember) -> Int {
        var rank = 0
        if container.digest == member.digest { rank += 8 }
        if hasFiles(container, of: member) { rank += 4 }
        if container.state == .running { rank += 2 }
        if container.slot == .a { rank += 1 }
        return rank
    }

    private func hasFiles(_ container: ObservedContainer, of member: DesiredMember) -> Bool {
        if member.files.isEmpty { return true }
        guard let manifest = container.manifest, manifest.files.count == member.files.count else { return false }
        return member.files.allSatisfy { manifest.files[$0.path] == $0.digest }
    }

    private func step(_ action: Action, reason: String) -> MemberChange {
        MemberChange(step: Step(action, reason: reason, host: observed.here))
    }

    private func restart(_ member: DesiredMember, _ container: ObservedContainer, reason: String) -> MemberChange {
        var change = step(.restart(member: member.name, container: container.id), reason: reason)
        change.step.interrupts = member.interrupts
        change.isRolling = true
        return change
    }

    private func create(
        _ member: DesiredMember, reason: String, leftover: String?, slot: Slot = .a
    ) -> MemberChange {
        var change = step(.create(member: member.name, slot: slot, leftover: leftover), reason: reason)
        change.needsNetwork = true
        return change
    }

    private func replace(
        _ member: DesiredMember, best: ObservedContainer?, others: [ObservedContainer], reason: String
    ) -> MemberChange {
        let serving = others.filter { $0.state == .running }
        let slot = best?.slot ?? served(others, member)?.slot.other ?? .a
        var change = step(
            .replace(
                member: member.name, slot: slot, old: others.map(\.id), replacement: best?.id,
                order: member.replacement),
            reason: reason)
        if member.replacement == .stopFirst, !serving.isEmpty { change.step.interrupts = member.interrupts }
        change.isRolling = true
        change.needsNetwork = true
        return change
    }

    /// The old container, of several, that serves or last did; it stays until the new one is healthy.
    private func served(_ containers: [ObservedContainer], _ member: DesiredMember) -> ObservedContainer? {
        let healthy = records[Self.recordKey(.member(member.name))]?.inputs
        func rank(_ container: ObservedContainer) -> Int {
            if container.id == healthy, container.state == .running { return 3 }
            switch container.state {
            case .running: return 2
            case .created, .dead, .removing: return 0
            case .exited, .paused, .restarting: return 1
            }
        }
        // Among equals, the newer container was to replace the older one, which therefore serves.
        return containers.max { (rank($0), -$0.created, $0.id) < (rank($1), -$1.created, $1.id) }
    }

    /// The reason why a container is not as wanted.
    private func reason(_ container: ObservedContainer, _ member: DesiredMember) throws -> String {
        if container.digest == member.digest {
            if let reason = reasonToLeavePod(container, member) { return reason }
            if container.state == .running, member.specification.hasNetwork {
                if !container.isOnNetwork || !isOnFurtherNetworks(container, member) { return "not on its network" }
            }
            if !container.alterations.isEmpty {
                return "\(container.alterations.joined(separator: ", ")) changed by hand"
            }
            if !isSound(container, member) { return "its address was changed" }
            return try fileChanges(of: member, container: container).summary
        }
        guard let manifest = container.manifest else { return "specification changed" }
        let wanted = member.specification.parts
        let names = Set(wanted.keys).union(manifest.parts.keys).filter { wanted[$0] != manifest.parts[$0] }
        if names.isEmpty { return "specification changed" }
        let titles = names.map { ContainerSpecification.Part(rawValue: $0)?.title ?? $0 }
        return "\(titles.sorted().joined(separator: ", ")) changed"
    }

    private func configure(_ member: DesiredMember, container: ObservedContainer) throws -> MemberChange {
        let changes = try fileChanges(of: member, container: container)
        var cost = changes.cost
        if cost == .reload, member.reload == nil { cost = .restart }
        // A member that may run twice is replaced without a gap rather than restarted with one.
        if cost == .replace || cost == .restart && member.replacement == .startFirst {
            return replace(member, best: nil, others: [container], reason: changes.summary)
        }
        var change = step(
            .configure(member: member.name, container: container.id, files: changes.paths, cost: cost),
            reason: changes.summary)
        if cost == .restart { change.step.interrupts = member.interrupts }
        change.isRolling = true
        return change
    }
}
