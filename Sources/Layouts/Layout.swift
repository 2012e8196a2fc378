import Model
import Recipes

/// The services and members of an environment with their hosts and addresses: the environment checked against the
/// catalogue.
package struct Layout: Sendable {
    package var environment: Environment
    package var services: [LaidOutService]
    /// The parts of the environment that this host cannot provide yet.
    package var missing: [String]
    /// Remarks on parts of the environment that need no work, with reasons.
    package var notes: [String]

    /// The service that keeps identities (Keystone), if there is one.
    package var administration: LaidOutService? { services.first { $0.recipe.administration != nil } }
    package var front: LaidOutService? { services.first { $0.recipe.isFront } }

    package func service(_ name: String) -> LaidOutService? { services.first { $0.name == name } }
}

/// A service of an environment with its recipe and members.
package struct LaidOutService: Sendable {
    package var name: String
    package var declaration: ServiceDeclaration
    package var recipeName: String
    package var recipe: ServiceRecipe
    package var release: Release
    /// The image's full reference.
    package var image: String
    /// Merged settings of recipe, environment and service.
    package var settings: ValueMap
    package var members: [LaidOutMember]
}

extension LaidOutService {
    /// The names of a member's sidecars.
    package func sidecarNames(of member: LaidOutMember) -> [String] {
        recipe.sidecars.map { DesiredMember.name(ofSidecar: $0.name, of: member.name) }
    }

    /// The members of the service as a member in a pod sees them: the one in the same pod where there is one, otherwise
    /// all.
    package func members(seenFrom pod: String?) -> [LaidOutMember] {
        guard let pod else { return members }
        let own = members.filter { $0.pod == pod || recipe.holdsPod && $0.name == pod }
        return own.isEmpty ? members : own
    }
}

/// A member with its host, addresses and pod.
package struct LaidOutMember: Sendable {
    package var name: String
    package var index: Int
    package var host: String
    package var region: String
    package var macAddress: String?
    /// The address in each slot, the same twice where two containers of the member never run together; in a pod, the
    /// pod's.
    package var addresses: [IPv4Address]
    /// The member whose network namespace this one joins.
    package var pod: String?
    /// The member, no longer in the file, whose volumes this one takes over.
    package var dataOf: String?
    /// The settings that differ from the service's.
    package var settings: ValueMap

    package var address: IPv4Address? { addresses.first }
}
