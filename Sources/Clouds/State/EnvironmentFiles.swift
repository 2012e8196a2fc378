import Cryptography
import Model
import Storage
import System

/// The environment that each file described when last brought up.
extension EnvironmentState {
    /// The environment of another name that a file described before, with the data that it is known to have; nil where
    /// the file described none, or one without data.
    package func formerEnvironment(ofFile path: String) async throws -> FormerEnvironment? {
        guard let key = Self.key(ofFile: path), let entry = try await store.get(key.path),
            let name = try JSON.parse(entry.value).string, name != environment
        else { return nil }
        let volumes = try await EnvironmentState(store: store, environment: name).knownVolumes()
        return volumes.isEmpty ? nil : FormerEnvironment(name: name, volumes: volumes)
    }

    /// Remembers that a file describes this environment.
    package func noteFile(_ path: String) async throws {
        guard let key = Self.key(ofFile: path) else { return }
        let value = JSON.bytes(.string(environment))
        if try await store.get(key.path)?.value != value { try await store.put(key.path, value) }
    }

    /// The key for a file; nil where the path stands for whatever is given at the moment, such as a pipe.
    private static func key(ofFile path: String) -> StateKey<String>? {
        guard let whole = try? Files.realPath(path), !["/dev/", "/proc/"].contains(where: whole.hasPrefix) else {
            return nil
        }
        return StateKeys.environmentFiles[SHA256.hex(of: whole)]
    }
}
