import Layouts
import Model
import Recipes
import Rendering
import TestTools

/// An environment of this repository with its catalogue, resolved without an engine.
package struct ResolvedEnvironment {
    package let resolver: Resolver
    package let desired: DesiredState
    package let secrets: [String: String]

    /// Resolves a file of `environments`, after a change.
    package init(file: String = "identity", _ change: (inout Environment) -> Void = { _ in }) throws {
        var environment = try Environment.load(file: "\(repositoryFolder)/environments/\(file).yaml")
        change(&environment)
        let catalog = try Catalog.load(
            folder: repositoryFolder + "/catalog", recipes: environment.services.map(\.name))
        let layout = try Layout(environment: environment, catalog: catalog, kept: [:])
        var secrets: [String: String] = [:]
        var images: [String: ObservedImage] = [:]
        for service in layout.services {
            for secret in service.recipe.secrets {
                let key = Resolver.secretKey(secret, service: service.name)
                secrets[key] = "SECRET-\(key)-SECRET"
            }
            images[service.image] = ObservedImage(id: service.image, identity: service.name, recipe: service.name)
        }
        self.secrets = secrets
        let unsigned = Resolver(layout: layout, secrets: secrets, images: images)
        resolver = unsigned.having(unsigned.wantedCertificates().samples)
        desired = try resolver.desiredState()
    }
}

extension WantedCertificates {
    /// A text for each certificate, which names it.
    package var samples: Certificates {
        let texts = names.map { ($0, "CERTIFICATE of \($0.joined(separator: " "))") }
        return Certificates(authority: "AUTHORITY", texts: Dictionary(texts, uniquingKeysWith: { first, _ in first }))
    }
}
