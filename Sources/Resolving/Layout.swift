import Model
import Recipes

/// Which members an environment has, with hosts and addresses: the environment checked against the catalogue.
public struct Layout: Sendable {
    public var environment: Environment
    public var services: [LaidOutService]
    /// What the environment asks for and this host cannot give yet.
    public var missing: [String]

    /// The service that keeps identities, if there is one.
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

/// A member with its place in the world.
public struct LaidOutMember: Sendable {
    public var name: String
    public var index: Int
    public var host: String
    public var region: String
    public var macAddress: String?
    /// One for each slot; the same twice where two containers of it never run together.
    public var addresses: [IPv4Address]
    /// Only what differs from the service's.
    public var settings: ValueMap

    public var address: IPv4Address? { addresses.first }
}

/// The name of the one host that a program without agents reaches.
public let localHost = "local"
