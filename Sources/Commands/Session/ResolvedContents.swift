import Applying
import Model
import OpenStack
import Recipes
import Resolving

/// The texts behind a plan, rendered when a step asks for them.
struct ResolvedContents: Contents {
    let resolver: Resolver
    let secrets: [String: String]

    func files(ofMember name: String) throws -> [RenderedFile] { try resolver.files(ofMember: name) }

    func files(ofJob job: String, service: String) throws -> [RenderedFile] {
        try resolver.files(ofJob: job, service: service)
    }

    func grantInput(service: String, requirement: String) throws -> String {
        try resolver.grantInput(service: service, requirement: requirement)
    }

    func secrets(ofService name: String) -> [String: String] {
        guard let service = resolver.layout.service(name) else { return [:] }
        var own: [String: String] = [:]
        for secret in service.recipe.secrets {
            let key = Resolver.secretKey(secret, service: name)
            own[key] = secrets[key]
        }
        // The front keeps what the environment's certificates are signed with.
        if service.recipe.isFront {
            for (key, value) in secrets where key.hasPrefix(CertificateKeeper.keyPrefix) { own[key] = value }
        }
        return own
    }
}

/// Registers services at the environment's own Keystone, inside its network.
struct KeystoneRegistrar: Registrar {
    let resolver: Resolver

    func register(service: String) async throws {
        guard let details = try resolver.registrationDetails(of: service),
            let login = try resolver.administration()
        else { return }
        let keystone = try await Keystone(
            url: login.internalURL, user: login.user, password: login.password, project: login.project,
            client: HTTPRESTClient())
        var wanted = WantedIdentity(
            projects: details.projects, roles: details.roles,
            users: details.users.map {
                .init(name: $0.name, password: $0.password, project: $0.project, roles: $0.roles)
            }, service: nil)
        if let named = details.service, let endpoint = details.endpoint {
            wanted.service = .init(
                type: named.type, name: named.name, description: named.description, region: endpoint.region,
                urls: [
                    "public": endpoint.publicURL, "internal": endpoint.internalURL, "admin": endpoint.internalURL,
                ])
        }
        try await keystone.converge(wanted)
    }
}
