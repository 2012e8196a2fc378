import Model

/// A comparison of the remembered data volumes with those that exist.
public struct DataCheck {
    private let environment: String
    private let members: Set<String>
    private let observed: Observation
    private let known: [VolumePlace: KnownVolume]
    private let former: FormerEnvironment?
    /// The volumes that members of the file use.
    private let used: Set<VolumePlace>

    private struct VolumePlace: Hashable {
        var host: String
        var name: String
    }

    /// Data that a member had, or that its service has elsewhere, and that its new container lacks.
    public struct Lack: Sendable {
        /// The missing data in words, with the way to get it back.
        public var words: String
        /// The remembered volumes to forget once the user has agreed.
        public var volumes: [KnownVolume]
    }

    /// Creates a check; `former` is the environment that the same file described before, if there was another.
    public init(
        desired: DesiredState, observed: Observation, known: [KnownVolume], former: FormerEnvironment? = nil
    ) {
        self.former = former
        environment = desired.environment
        members = Set(desired.members.map(\.name))
        self.observed = observed
        self.known = Dictionary(
            known.map { (VolumePlace(host: $0.host, name: $0.volume.name), $0) },
            uniquingKeysWith: { first, _ in first })
        used = Set(
            desired.members.flatMap { member in
                member.data.map { VolumePlace(host: member.identity.host, name: $0.name) }
            })
    }

    /// The data that a new container of a member lacks; nil where it has all the data that exists for it.
    public func lack(of member: DesiredMember) -> Lack? {
        var words: [String] = []
        var volumes: [KnownVolume] = []
        for volume in member.data {
            guard let lack = lack(of: volume, member) else { continue }
            words.append(lack.words)
            volumes += lack.volumes
        }
        return words.isEmpty ? nil : Lack(words: words.joined(separator: "; "), volumes: volumes)
    }

    /// Problems of members whose data belongs to host names that they would no longer have.
    public func problems(in members: [DesiredMember], at place: Place?) -> [Problem] {
        var seen: Set<VolumePlace> = []
        return members.flatMap { member in
            member.data.compactMap { volume -> Problem? in
                let spot = VolumePlace(host: member.identity.host, name: volume.name)
                guard let wanted = volume.hostname, let known = known[spot],
                    let bound = known.volume.hostname, bound != wanted,
                    observed.on(spot.host)?.volumes?[volume.name] != nil, seen.insert(spot).inserted
                else { return nil }
                return Problem(
                    at: place,
                    "\(volume.owner) is known to others as \(bound), and is to be \(wanted), under which its volume "
                        + "\(volume.name) is of no use",
                    remedy: "keep its name and `domain:`, or take it out of the file for one `up`, remove that volume, "
                        + "and add it again")
            }
        }
    }

    private func lack(of volume: DataVolume, _ member: DesiredMember) -> Lack? {
        guard let there = observed.on(member.identity.host)?.volumes else { return nil }
        let place = VolumePlace(host: member.identity.host, name: volume.name)
        let remembered = known[place]
        // A volume that exists counts as the remembered one, whatever its creation time: some engines give the time at
        // which its topmost folder changed last.
        if there[volume.name] != nil { return nil }
        if let remembered { return lost(remembered) }
        if volume.isTakenOver {
            return Lack(
                words: "\(volume.contents): there is no volume \(volume.name), which `data-of: \(volume.owner)` names",
                volumes: [])
        }
        return leftBehind(volume, member)
    }

    private func lost(_ remembered: KnownVolume) -> Lack {
        let volume = remembered.volume
        return Lack(
            words: "\(volume.contents): volume \(volume.name) is gone; `minke down --volumes` and "
                + "`minke restore ARCHIVE` bring a backup back",
            volumes: [remembered])
    }

    /// The data of the member's service that no member in the file uses.
    private func leftBehind(_ volume: DataVolume, _ member: DesiredMember) -> Lack? {
        let place = member.identity.host
        let remembered = known.values.filter { other in
            other.volume.service == volume.service && other.volume.recipeName == volume.recipeName
                && other.host == place
                && !used.contains(VolumePlace(host: place, name: other.volume.name))
                && observed.on(place)?.volumes?[other.volume.name] != nil
        }
        var owners = Set(remembered.map(\.volume.owner))
        // For an environment that an older program created, the containers tell the owners of data.
        if volume.isMembers {
            for container in observed.containers
            where container.role == .member && container.service == member.service && container.host == place
                && !members.contains(container.member)
                && container.volumes.contains(name(of: volume, owner: container.member))
            {
                owners.insert(container.member)
            }
        }
        guard !owners.isEmpty else { return leftInFormer(volume, place) }
        let names = owners.sorted().map { name(of: volume, owner: $0) }
        var words =
            "\(volume.contents) in \(names.count == 1 ? "volume" : "volumes") \(names.joined(separator: ", ")), "
            + "which would no longer be used"
        if volume.isMembers {
            let takeovers = owners.sorted().map { "`data-of: \($0)`" }.joined(separator: " or ")
            words += "; \(takeovers) in \(member.name)'s entry under `members:` takes it over"
        }
        return Lack(words: words, volumes: remembered)
    }

    /// The data of the service in an environment of another name, which the same file described before.
    private func leftInFormer(_ volume: DataVolume, _ host: String) -> Lack? {
        let there = (former?.volumes ?? []).filter { other in
            other.volume.service == volume.service && other.volume.recipeName == volume.recipeName
                && other.host == host && observed.on(host)?.foreignVolumes.contains(other.volume.name) == true
        }
        guard let former, !there.isEmpty else { return nil }
        let names = there.map(\.volume.name).sorted().joined(separator: ", ")
        return Lack(
            words: "\(volume.contents) in \(there.count == 1 ? "volume" : "volumes") \(names) of environment "
                + "\(former.name), as this file called it before; `name: \(former.name)` keeps it",
            volumes: [])
    }

    private func name(of volume: DataVolume, owner: String) -> String { "\(environment)-\(owner)-\(volume.recipeName)" }
}

extension Action {
    /// Whether the action creates a container for a member.
    var makesContainer: Bool {
        switch self {
        case .create, .replace: true
        default: false
        }
    }
}
