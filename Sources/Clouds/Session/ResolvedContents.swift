import Applying
import Layouts
import Model
import Recipes
import Rendering

/// The texts behind a plan, rendered when a step asks for them.
package struct ResolvedContents: Contents {
    package let resolver: Resolver
    package let secrets: [String: String]

    package func files(ofMember name: String) throws -> [RenderedFile] { try resolver.files(ofMember: name) }

    package func files(ofJob job: String, service: String) throws -> [RenderedFile] {
        try resolver.files(ofJob: job, service: service)
    }

    package func grantInput(service: String, requirement: String) throws -> String {
        try resolver.grantInput(service: service, requirement: requirement)
    }

    package func secrets(ofService name: String) -> [String: String] {
        guard let service = resolver.layout.service(name) else { return [:] }
        var own: [String: String] = [:]
        for secret in service.recipe.keptValues {
            let key = Resolver.secretKey(secret, service: name)
            own[key] = secrets[key]
        }
        // The front also keeps the environment's authority and the certificates that it signed.
        if service.recipe.isFront {
            for (key, value) in secrets where key.hasPrefix(StateKeys.certificates) { own[key] = value }
        }
        return own
    }
}
