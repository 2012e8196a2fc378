import Model

/// The containers of sidecars share namespaces with their member's container, and so its end.
extension StepContext {
    /// Stops the sidecars of a container that run: the kernel would kill them at its end. Steps of their own start them
    /// again afterwards.
    func haltSidecars(of container: String) async throws {
        for sidecar in executor.sidecars[container] ?? [] {
            // One that left the environment may be gone by now.
            guard let condition = try await host.condition(of: sidecar.id),
                [.running, .restarting, .paused].contains(condition.state)
            else { continue }
            note("waiting for the end of \(sidecar.member)")
            try await halt(sidecar.id)
        }
    }

    /// Starts the sidecars again that ran beside a container which is gone back to. The next run starts one that does
    /// not start.
    func resumeSidecars(of container: String) async throws {
        for sidecar in executor.sidecars[container] ?? [] where sidecar.state == .running {
            do {
                try await resume(sidecar.id)
            } catch let error where !(error is CancellationError) {
                note("\(sidecar.member) did not start again: \(error)")
            }
        }
    }
}
