import Layouts
import Model
import Planning
import Rendering

/// The entries of the state that a survey found outdated. They stay until a plan is carried out: a look changes
/// nothing.
package struct Outdated: Sendable {
    /// All addresses in the state, by member.
    package var addresses: [String: [IPv4Address]]
    /// The values of secrets that have other values in the state.
    package var secrets: [String: KeptSecret]
    /// The ids of containers that no longer exist.
    package var manifests: Set<String>
}

extension Survey {
    /// Remembers the basis of the desired state when a command applies it, such as addresses, secrets and volumes.
    ///
    /// The address of a member that is no longer wanted is remembered as long as it has a container.
    package func remember() async throws {
        let state = session.state
        var addresses: [String: [IPv4Address]] = [:]
        for member in resolver.layout.services.flatMap(\.members) {
            if outdated.addresses[member.name] != member.addresses { addresses[member.name] = member.addresses }
        }
        try await state.keep(addresses: addresses)
        try await state.put(secrets: outdated.secrets)
        try await state.put(secrets: certificates.renewed.mapValues(\.new))
        try await state.forget(manifestsOf: outdated.manifests)
        try await rememberVolumes()
        try await state.noteFile(session.environment.file)
        try await state.forget(addressesOf: unwantedMembers { _ in true })
    }

    /// Forgets the addresses of the members that a plan has removed.
    package func forgetRemoved(by plan: Plan) async throws {
        let removed = plan.steps.compactMap { step in
            if case .remove(_, let container) = step.action { return container }
            return nil
        }
        try await session.state.forget(addressesOf: unwantedMembers { !removed.contains($0.id) })
    }

    /// The members with addresses in the state that neither the file nor one of these containers has.
    private func unwantedMembers(without counts: (ObservedContainer) -> Bool) -> [String] {
        let wanted = resolver.layout.services.flatMap { $0.members.map(\.name) }
        let present = observed.containers.filter { $0.role == .member && counts($0) }.map(\.member)
        return Set(outdated.addresses.keys).subtracting(wanted).subtracting(present).sorted()
    }
}
