import Model
import Planning
import Storage

/// The volumes with data that an environment has, below `volumes/<host>/<name>`.
extension EnvironmentState {
    package func knownVolumes() throws -> [KnownVolume] {
        try entries(below: StateKeys.volumes).compactMap { key, value in
            guard let slash = key.firstIndex(of: "/") else { return nil }
            let name = String(key[key.index(after: slash)...])
            // Where the record cannot be read, the volume's name is still known.
            let record = try? value.decode(VolumeRecord.self)
            return KnownVolume(
                host: String(key[..<slash]), volume: (record ?? VolumeRecord(contents: "data")).volume(name))
        }
    }

    package func record(_ volume: KnownVolume) throws {
        let key = Self.key(volume)
        let record = VolumeRecord(volume.volume)
        if try get(key).flatMap({ try? $0.decode(VolumeRecord.self) }) != record { try put(key, record) }
    }

    package func forget(volumes: [KnownVolume]) throws {
        try commit(volumes.map { .delete(key: prefix + Self.key($0)) })
    }

    private static func key(_ volume: KnownVolume) -> String {
        StateKeys.volumes["\(volume.host)/\(volume.volume.name)"]
    }
}

/// The stored form of a volume with data, under its host and name.
private struct VolumeRecord: Codable, Hashable {
    var service = ""
    var volume = ""
    var owner = ""
    var contents: String
    var hostname: String?
    /// `member` where the volume is one member's own.
    var of = "member"

    init(contents: String) { self.contents = contents }

    init(_ volume: DataVolume) {
        service = volume.service
        self.volume = volume.recipeName
        owner = volume.owner
        contents = volume.contents
        hostname = volume.hostname
        of = volume.isMembers ? "member" : "others"
    }

    func volume(_ name: String) -> DataVolume {
        DataVolume(
            name: name, service: service, recipeName: volume, owner: owner, contents: contents, hostname: hostname,
            isMembers: of == "member")
    }
}

extension Survey {
    /// Remembers the volumes that containers keep data in, which an older program did not do.
    package func rememberVolumes() throws {
        for member in desired.members {
            guard let there = observed.on(member.identity.host)?.volumes else { continue }
            for volume in member.data {
                let isInUse = observed.containers.contains {
                    $0.member == member.name && $0.role == .member && $0.volumes.contains(volume.name)
                }
                guard isInUse, there[volume.name] != nil else { continue }
                try session.state.record(KnownVolume(host: member.identity.host, volume: volume))
            }
        }
    }

    /// Forgets the data that a plan goes on without, as the user agreed.
    package func forgetLacking(in plan: Plan) throws {
        let check = DataCheck(desired: desired, observed: observed, known: knownVolumes)
        let agreed = Set(plan.steps.filter { $0.without != nil }.flatMap(\.action.members))
        let lacking = desired.members.filter { agreed.contains($0.name) }.compactMap { check.lack(of: $0) }
        try session.state.forget(volumes: lacking.flatMap(\.volumes))
    }
}

extension Action {
    /// The member that gets a new container.
    fileprivate var members: [String] {
        switch self {
        case .create(let member, _, _), .replace(let member, _, _, _, _): [member]
        default: []
        }
    }
}
