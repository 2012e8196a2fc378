import Applying
import DockerEngine
import Model
import System

extension Session {
    /// Rebuilds the state from the manifests in the containers, where the store was lost.
    ///
    /// Work that costs nothing to repeat, such as registrations, is repeated by the next plan.
    ///
    /// - Parameter replacing: whether to replace the state that is there.
    package func recoverState(from observed: Observation, replacing: Bool = false) async throws {
        if replacing { try state.forgetContainers() }
        let known = Set(try state.manifests().keys)
        let lost = observed.containers.filter { $0.role == .member && !known.contains($0.id) && $0.state != .created }
        if lost.isEmpty { return }
        var secrets = replacing ? [:] : try state.secrets()
        let addresses = try state.addresses()
        for container in lost {
            guard let kept = await readManifest(of: container) else {
                // The container never had files, or they were removed: nothing more can be learned from it.
                try state.record(Manifest(files: [:], entries: [:], parts: ValueMap()), container: container.id)
                continue
            }
            if let manifest = kept.manifest { try state.record(manifest, container: container.id) }
            let unknown = kept.secrets.filter { secrets[$0.key] == nil }
            secrets.merge(unknown) { _, new in new }
            try state.put(secrets: unknown)
            if addresses[container.member] == nil, !kept.addresses.isEmpty {
                try state.keep(addresses: [container.member: kept.addresses])
            }
        }
    }

    private func readManifest(of container: ObservedContainer) async -> ManifestFile? {
        let path = "\(DockerHost.filesFolder)/\(ManifestFile.path)"
        guard let bytes = try? await engine(of: container).readFile(path, of: container.id) else { return nil }
        return try? JSON.parse(bytes).decode()
    }
}
