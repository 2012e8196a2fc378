import Model

extension Planner {
    /// Drafts the copying of this host's images to other hosts that need them for new containers, and returns the
    /// milestones by the hosts' names.
    mutating func draftImages(
        neededBy changes: [(DesiredMember, MemberChange)], _ work: [Draft]
    ) -> [String: Milestone] {
        if !observed.spansHosts { return [:] }
        var needed: [String: Set<String>] = [:]
        func need(_ specification: ContainerSpecification, on host: String) {
            guard host != observed.here, let own = observed.own.images[specification.image],
                observed.on(host)?.images[specification.image]?.identity != own.identity
            else { return }
            needed[host, default: []].insert(specification.image)
        }
        for (member, change) in changes where change.needsNetwork {
            need(member.specification, on: member.identity.host)
        }
        let pending = Set(work.map(\.step.milestone))
        for job in desired.jobs where pending.contains(job.milestone) { need(job.specification, on: job.host) }
        var copies: [String: Milestone] = [:]
        for (host, images) in needed.sorted(by: { $0.key < $1.key }) {
            let names = images.sorted()
            let step = Step(
                .copyImages(names), reason: "this host has \(names.joined(separator: ", "))", host: host)
            copies[host] = step.milestone
            drafts.append(Draft(step: step))
        }
        return copies
    }

    /// Checks that no member is on another host than wanted, since members do not move with their data.
    func checkHosts() throws {
        if !observed.spansHosts { return }
        let hosts = Dictionary(
            desired.members.map { ($0.name, $0.identity.host) }, uniquingKeysWith: { first, _ in first })
        let problems = observed.containers.compactMap { container -> Problem? in
            guard container.role == .member, let wanted = hosts[container.member], wanted != container.host else {
                return nil
            }
            return Problem(
                "\(container.member) is on host \(container.host), and is to be on \(wanted)",
                remedy: "leave it out of the file for one `up`, which removes it there; its volumes stay there")
        }
        if !problems.isEmpty { throw Problems(problems) }
    }
}
