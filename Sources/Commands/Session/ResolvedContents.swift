import Applying
import Model
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
        for secret in service.recipe.keptValues {
            let key = Resolver.secretKey(secret, service: name)
            own[key] = secrets[key]
        }
        // The front also keeps the environment's authority and the certificates that it signed.
        if service.recipe.isFront {
            for (key, value) in secrets where key.hasPrefix(CertificateKeeper.keyPrefix) { own[key] = value }
        }
        return own
    }
}
