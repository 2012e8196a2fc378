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
            guard let manifest = await readManifest(of: container) else {
                // The container never had files, or somebody removed them: nothing more is to be learned from it.
                try state.record(Manifest(files: [:], entries: [:], parts: ValueMap()), container: container.id)
                continue
            }
            if let parsed = Manifest(manifest) { try state.record(parsed, container: container.id) }
            for (key, value) in manifest["secrets"]?.map ?? ValueMap() where secrets[key] == nil {
                guard let value = value.string else { continue }
                secrets[key] = value
                try state.put(secret: value, key: key)
            }
            if addresses[container.member] == nil, let kept = manifest["addresses"] {
                try state.put(StateKeys.addresses[container.member], kept)
            }
        }
    }

    private func readManifest(of container: ObservedContainer) async -> Value? {
        let path = "\(DockerHost.filesFolder)/\(ManifestFile.path)"
        guard let bytes = try? await engine(of: container).readFile(path, of: container.id) else { return nil }
        return try? JSON.parse(bytes)
    }
}
