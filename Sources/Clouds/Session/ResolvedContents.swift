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

    package func files(of job: DesiredJob) throws -> [RenderedFile] { try resolver.files(of: job) }

    package func input(of grant: DesiredGrant) throws -> String { try resolver.input(of: grant) }

    package func secrets(of member: DesiredMember) -> [String: String] {
        guard let service = resolver.layout.service(member.service),
            let laidOut = service.members.first(where: { $0.name == member.name })
        else { return [:] }
        var own: [String: String] = [:]
        for secret in service.recipe.keptValues {
            let key = Resolver.secretKey(secret, service: service.name, member: laidOut)
            own[key] = secrets[key]
        }
        // The front also keeps the environment's authority and the certificates that it signed.
        if service.recipe.isFront {
            for (key, value) in secrets where key.hasPrefix(StateKeys.certificates) { own[key] = value }
        }
        return own
    }
}
