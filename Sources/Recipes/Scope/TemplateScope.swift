/// The definition of what a recipe's templates see. The check of templates asks it, `ScopeBuilder` gives each of its
/// names a value, and a test compares the reference with it.
package enum TemplateScope {
    /// The names that no other name stands before.
    package enum Root: String, ScopeRecord {
        case settings, secrets, generated, member, service, environment, network, networks
        case publicAccess = "public"
        case requires, endpoints, image, release, common, front, links, grant

        package var shape: ScopeShape {
            switch self {
            case .settings: .map(.settings, .value)
            case .secrets: .map(.secrets, .value)
            case .generated: .map(.generated, .value)
            case .member: .record(Member.self)
            case .service: .record(Service.self)
            case .environment: .record(EnvironmentFacts.self)
            case .network: .record(Network.self)
            case .networks: .map(.networks, .record(Network.self))
            case .publicAccess: .record(PublicAccess.self)
            case .requires: .map(.requirements, .record(RequiredService.self))
            case .endpoints: .map(.endpoints, .record(Endpoint.self))
            case .image: .record(Image.self)
            case .release: .map(.releaseValues, .anything)
            case .common: .anything
            case .front: .record(Front.self)
            case .links: .list(Link.self)
            case .grant: .map(.grants, .value)
            }
        }

        package var help: String {
            switch self {
            case .settings: "merged settings of recipe, environment, service and member"
            case .secrets: "the secrets of `secrets:`"
            case .generated: "the values of `generated:`"
            case .networks: "the environment's further networks"
            case .publicAccess: "the way in which the cloud is reached from outside"
            case .requires: "the services of `requires:`"
            case .endpoints: "the endpoints of all services of the environment"
            case .release: "the values of the release's file"
            case .common: "what Dockstack's files have under `common`"
            case .links: "each network of the environment, as hosts share it"
            case .grant: "what was asked for"
            case .member: "only in a grant or job with `scope: member`, and in what belongs to a container"
            case .service, .environment, .network, .image, .front: ""
            }
        }

        package var condition: ScopeCondition? {
            switch self {
            case .front: .front
            case .links: .linkingHosts
            case .grant: .grantInput
            default: nil
            }
        }
    }

    /// The environment as a whole.
    package enum EnvironmentFacts: String, ScopeRecord {
        case name, domain, release, version, region
    }

    /// The image of the service.
    package enum Image: String, ScopeRecord {
        case name, identity
    }
}
