import Clouds
import Storage

extension Scenario {
    /// The program's store.
    func store() async throws -> any Store { try await StateFolder.openStore(in: stateFolder).store }
}
