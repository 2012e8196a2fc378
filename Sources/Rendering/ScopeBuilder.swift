import Layouts
import Model
import Recipes
import Templates

/// A builder of the values that templates see, each part once. Their names are those of `TemplateScope`.
struct ScopeBuilder {
    let layout: Layout
    let secrets: [String: String]
    let images: [String: ObservedImage]

    func scopes() -> [String: ServiceScope] {
        var members: [String: [Value]] = [:]
        let networks = furtherNetworksOfHolders()
        for service in layout.services {
            members[service.name] = service.members.map { describe($0, of: service, networks: networks) }
        }
        let base = Scope().adding(sharedLayer())
        var scopes: [String: ServiceScope] = [:]
        for service in layout.services {
            var scope = ServiceScope()
            scope.scope = base.adding(layer(of: service, members: members))
            scope.members = members[service.name] ?? []
            for member in service.members where !member.settings.isEmpty {
                scope.memberSettings[member.name] = .byName(service.settings.merging(member.settings))
            }
            for pod in service.members.compactMap(\.pod) {
                scope.podRequirements[pod] = requirements(of: service, members: members, pod: pod)
            }
            scopes[service.name] = scope
        }
        return scopes
    }

    /// The values that all services see.
    private func sharedLayer() -> [TemplateScope.Root: Value] {
        let environment = layout.environment
        let further = environment.furtherNetworks.map { (key: $0.name, value: describe($0.network)) }
        return [
            .environment: describe(environment), .network: describe(environment.network),
            .networks: .byName(further), .publicAccess: describe(environment.access), .endpoints: endpoints(),
            .common: .map(environment.common),
        ]
    }

    /// The values that a service's templates see for any member.
    private func layer(of service: LaidOutService, members: [String: [Value]]) -> [TemplateScope.Root: Value] {
        var layer: [TemplateScope.Root: Value] = [
            .settings: .byName(service.settings), .secrets: values(of: service.recipe.secrets, in: service),
            .generated: values(of: service.recipe.generated, in: service),
            .service: describe(service, members: members[service.name] ?? []),
            .requires: requirements(of: service, members: members, pod: nil),
            .release: .byName(service.release.values), .image: describe(imageOf: service),
        ]
        if service.recipe.isFront { layer[.front] = front() }
        if service.recipe.linksHosts { layer[.links] = .list(layout.environment.links.map(\.value)) }
        return layer
    }

    private func values(of recipes: [SecretRecipe], in service: LaidOutService) -> Value {
        .byName(
            recipes.map { secret in
                let value = secrets[Resolver.secretKey(secret, service: service.name)] ?? ""
                return (key: secret.name, value: Value.string(value))
            })
    }

    private func describe(_ service: LaidOutService, members: [Value]) -> Value {
        .record { (field: TemplateScope.Service) in
            switch field {
            case .name: .string(service.name)
            case .members: .list(members)
            }
        }
    }

    private func describe(imageOf service: LaidOutService) -> Value {
        .record { (field: TemplateScope.Image) in
            switch field {
            case .name: .string(service.image)
            case .identity: .string(images[service.image]?.identity ?? "")
            }
        }
    }

    private func requirements(of service: LaidOutService, members: [String: [Value]], pod: String?) -> Value {
        .byName(
            service.recipe.requires.map { requirement in
                let provider = layout.service(requirement.service)
                let all = members[requirement.service] ?? []
                let listed = (provider?.members(seenFrom: pod) ?? []).compactMap { seen in
                    seen.index < all.count ? all[seen.index] : nil
                }
                return (key: requirement.name, value: describe(required: provider, members: listed))
            })
    }

    /// A required service as templates see it, with those of its members that the requiring member sees.
    private func describe(required provider: LaidOutService?, members: [Value]) -> Value {
        func first(_ field: TemplateScope.Member) -> Value { members.first?[field.name] ?? "" }
        let ports = provider?.recipe.listeners.map { (key: $0.name, value: Value.int($0.port)) } ?? []
        return .record { (field: TemplateScope.RequiredService) in
            switch field {
            case .address: first(.address)
            case .name: first(.name)
            case .members: .list(members)
            case .ports: .byName(ports)
            }
        }
    }
}
