import Model
import Recipes

/// The services and members of an environment with their hosts and addresses: the environment checked against the
/// catalogue.
public struct Layout: Sendable {
    public var environment: Environment
    public var services: [LaidOutService]
    /// The parts of the environment that this host cannot provide yet.
    public var missing: [String]
    /// Remarks on parts of the environment that need no work, with reasons.
    public var notes: [String]

    /// The service that keeps identities (Keystone), if there is one.
    public var administration: LaidOutService? { services.first { $0.recipe.administration != nil } }
    public var front: LaidOutService? { services.first { $0.recipe.isFront } }

    public func service(_ name: String) -> LaidOutService? { services.first { $0.name == name } }
}

/// A service of an environment with its recipe and members.
public struct LaidOutService: Sendable {
    public var name: String
    public var declaration: ServiceDeclaration
    public var recipeName: String
    public var recipe: ServiceRecipe
    public var release: Release
    /// The image's full reference.
    public var image: String
    /// Merged settings of recipe, environment and service.
    public var settings: ValueMap
    public var members: [LaidOutMember]
}

extension LaidOutService {
    /// The members of the service as a member in a pod sees them: the one in the same pod where there is one, otherwise
    /// all.
    func members(seenFrom pod: String?) -> [LaidOutMember] {
        guard let pod else { return members }
        let own = members.filter { $0.pod == pod || recipe.holdsPod && $0.name == pod }
        return own.isEmpty ? members : own
    }
}

/// A member with its host, addresses and pod.
public struct LaidOutMember: Sendable {
    public var name: String
    public var index: Int
    public var host: String
    public var region: String
    public var macAddress: String?
    /// The address in each slot, the same twice where two containers of the member never run together; in a pod, the
    /// pod's.
    public var addresses: [IPv4Address]
    /// The member whose network namespace this one joins.
    public var pod: String?
    /// The member, no longer in the file, whose volumes this one takes over.
    public var dataOf: String?
    /// The settings that differ from the service's.
    public var settings: ValueMap

    public var address: IPv4Address? { addresses.first }
}
