import Model

/// The facts that a step rests on, as text: a step of a saved plan may be carried out only while they are unchanged.
public struct StepBasis {
    private let desired: DesiredState
    private let observed: Observation
    private let records: [String: DoneRecord]
    private let members: [String: DesiredMember]
    private let jobs: [Milestone: DesiredJob]
    private let grants: [Milestone: DesiredGrant]
    private let containers: [String: [ObservedContainer]]

    /// Creates a basis from the states and records that the plan is made from.
    public init(desired: DesiredState, observed: Observation, records: [String: DoneRecord]) {
        self.desired = desired
        self.observed = observed
        self.records = records
        members = Dictionary(desired.members.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        jobs = Dictionary(desired.jobs.map { ($0.milestone, $0) }, uniquingKeysWith: { first, _ in first })
        grants = Dictionary(desired.grants.map { ($0.milestone, $0) }, uniquingKeysWith: { first, _ in first })
        containers = Dictionary(grouping: observed.containers, by: \.member)
    }

    /// Returns the facts that a step rests on; two equal texts mean that none of them has changed.
    public func text(of step: Step) -> String {
        switch step.action {
        case .createNetwork(let network):
            let mtu = network.mtu.map { " mtu \($0)" } ?? ""
            return "network \(network.name) subnet \(network.subnet) gateway \(network.gateway)\(mtu) "
                + "range \(network.range) there: \(id(ofNetwork: network.name, on: step.host) ?? "no")"
        case .attach(let interface, let network): return "interface \(interface) network \(network)"
        case .removeNetwork(let name): return "network \(name)"
        case .removeVolume(let name):
            return "volume \(name) \(observed.on(step.host)?.volumes?[name]?.created ?? "")"
        case .withdraw(let departure, let teller): return "\(departure.service) \(departure.hostname) at \(teller)"
        case .deregister(let service): return "service \(service)"
        case .copyImages(let names):
            return names.map { name in
                let there = observed.on(step.host)?.images[name]?.id ?? "none"
                return "image \(name) \(observed.own.images[name]?.id ?? "none") there: \(there)"
            }.joined(separator: "\n")
        case .create(let member, _, _), .verify(let member, _), .start(let member, _), .keep(let member, _),
            .replace(let member, _, _, _, _), .configure(let member, _, _, _), .remove(let member, _),
            .stop(let member, _), .restart(let member, _), .rename(let member, _, _),
            .vacate(let member, _):
            return basis(ofMember: member)
        case .runJob:
            let job = jobs[step.milestone]
            return basis(step.milestone, inputs: job?.inputs, anchor: job?.anchor)
        case .grant:
            let grant = grants[step.milestone]
            return basis(step.milestone, inputs: grant?.inputs, anchor: grant?.anchor)
        case .register(let service):
            let registration = desired.registrations.first { $0.service == service }
            return basis(
                .registration(service: service), inputs: registration?.inputs, anchor: registration?.anchor)
        }
    }

    private func id(ofNetwork name: String, on host: String) -> String? {
        observed.on(host)?.network(name, isOwn: desired.isOwn(network: name))?.id
    }

    private func basis(ofMember name: String) -> String {
        var lines: [String] = []
        if let member = members[name] {
            if let pod = member.specification.pod {
                lines += (containers[pod] ?? []).map { "pod \($0.id) \($0.state.rawValue)" }.sorted()
            }
            lines.append("wanted \(member.digest) image \(member.specification.image)")
            lines += member.data.map { volume in
                "volume \(volume.name) \(observed.on(member.identity.host)?.volumes?[volume.name] == nil ? "no" : "there")"
            }
            lines += member.files.map { "file \($0.path) \($0.digest)" }
        }
        for container in (containers[name] ?? []).sorted(by: { $0.id < $1.id }) {
            lines.append(
                "container \(container.id) \(container.name) \(container.state.rawValue) \(container.digest)")
            lines += (container.manifest?.files ?? [:]).sorted { $0.key < $1.key }.map { "has \($0.key) \($0.value)" }
        }
        return lines.joined(separator: "\n")
    }

    private func basis(_ milestone: Milestone, inputs: String?, anchor: String?) -> String {
        let record = records[Planner.recordKey(milestone)]
        let volume = anchor.flatMap { observed.creation(ofVolume: $0) }
        return "inputs \(inputs ?? "") into \(volume ?? "") done \(record?.inputs ?? "") \(record?.anchor ?? "")"
    }
}
