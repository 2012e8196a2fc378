import Model
import Observing
import Planning
import Resolving
import Storage
import System

extension Session {
    var network: NetworkSpecification {
        NetworkSpecification(
            name: networkName, subnet: environment.network.subnet,
            gateway: environment.network.gateway ?? environment.network.subnet.firstHost)
    }

    /// Keeps other runs from changing the environment until it is released. Throws when one is at work.
    func lock(for command: String) async throws -> StoreLock {
        try state.lock(for: command)
    }
}

extension EnvironmentState {
    func lock(for command: String) throws -> StoreLock {
        try store.lock(String(prefix.dropLast()), owner: command)
    }
}
