import Applying
import DockerEngine
import Model
import Rendering
import System

extension Survey {
    /// The observation, with the changes to running containers by `docker update` or by editing their files, which
    /// lists do not show.
    package func lookingClosely() async throws -> Observation {
        var observed = observed
        let members = Dictionary(desired.members.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        for index in observed.containers.indices where observed.containers[index].state == .running {
            let container = observed.containers[index]
            guard let member = members[container.member], container.role == .member, container.digest == member.digest
            else { continue }
            observed.containers[index].isKeptRunning = try await session.isKeptRunning(container)
            observed.containers[index].alterations = try await alterations(of: container, member.specification)
            for path in try await editedFiles(of: container, member) {
                observed.containers[index].manifest?.files[path] = Manifest.edited
            }
        }
        return observed
    }

    /// The settings that `docker update` can change and that are not as the container was made.
    private func alterations(
        of container: ObservedContainer, _ specification: ContainerSpecification
    ) async throws -> [String] {
        let host = try await session.engine(of: container).inspectContainer(container.id).raw["HostConfig"]
        var altered: [String] = []
        if host?["Memory"]?.int ?? 0 != specification.memory ?? 0 { altered.append("memory limit") }
        let others = [
            ("memory reservation", "MemoryReservation"), ("CPU limit", "NanoCpus"), ("CPU quota", "CpuQuota"),
            ("CPU shares", "CpuShares"), ("process limit", "PidsLimit"), ("weight of block I/O", "BlkioWeight"),
        ]
        for (name, key) in others where host?[key]?.int ?? 0 != 0 { altered.append(name) }
        if host?["CpusetCpus"]?.string ?? "" != "" { altered.append("CPU set") }
        return altered
    }

    /// The paths of a container's rendered files that are not as its manifest says.
    private func editedFiles(of container: ObservedContainer, _ member: DesiredMember) async throws -> [String] {
        guard let manifest = container.manifest, !member.files.isEmpty else { return [] }
        // Files that are to be changed anyway need not be compared.
        let unchanged = Set(member.files.filter { manifest.files[$0.path] == $0.digest }.map(\.path))
        let collected = Locked<[UInt8]>([])
        let folder = DockerHost.filesFolder
        try await session.engine(of: container).getArchive(folder, of: container.id) { bytes in
            collected.withLock { $0 += bytes }
        }
        let entries = try TarReader.entries(collected.withLock { $0 })
        let present = Dictionary(
            entries.map { ($0.path.split(separator: "/").dropFirst().joined(separator: "/"), $0) },
            uniquingKeysWith: { _, last in last })
        return try resolver.files(ofMember: member.name).filter { file in
            guard unchanged.contains(file.path) else { return false }
            guard let entry = present[file.path], case .file(.bytes(let bytes)) = entry.kind else { return true }
            return bytes != Array(file.text.utf8) || Int(entry.mode & 0o7777) != file.mode || entry.user != file.owner
        }.map(\.path)
    }
}
