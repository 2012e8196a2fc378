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
    package func remember() throws {
        let state = session.state
        var addresses: [String: [IPv4Address]] = [:]
        for member in resolver.layout.services.flatMap(\.members) {
            if outdated.addresses[member.name] != member.addresses { addresses[member.name] = member.addresses }
        }
        try state.keep(addresses: addresses)
        try state.put(secrets: outdated.secrets)
        try certificates.keep()
        try state.forget(manifestsOf: outdated.manifests)
        try rememberVolumes()
        try state.noteFile(session.environment.file)
        try state.forget(addressesOf: unwantedMembers { _ in true })
    }

    /// Forgets the addresses of the members that a plan has removed.
    package func forgetRemoved(by plan: Plan) throws {
        let removed = plan.steps.compactMap { step in
            if case .remove(_, let container) = step.action { return container }
            return nil
        }
        try session.state.forget(addressesOf: unwantedMembers { !removed.contains($0.id) })
    }

    /// The members with addresses in the state that neither the file nor one of these containers has.
    private func unwantedMembers(without counts: (ObservedContainer) -> Bool) -> [String] {
        let wanted = resolver.layout.services.flatMap { $0.members.map(\.name) }
        let present = observed.containers.filter { $0.role == .member && counts($0) }.map(\.member)
        return Set(outdated.addresses.keys).subtracting(wanted).subtracting(present).sorted()
    }
}
