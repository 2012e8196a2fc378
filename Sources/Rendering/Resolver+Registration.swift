import Cryptography
import Layouts
import Model
import Recipes
import Templates

/// The objects that Keystone should have for one service, with passwords.
package struct Registration: Sendable, Hashable, Encodable {
    package struct User: Sendable, Hashable, Encodable {
        package var name: String
        package var password: String
        package var domain: String?
        package var project: String?
        package var roles: [String]
    }

    package struct Endpoint: Sendable, Hashable, Encodable {
        package var region: String
        package var publicURL: String
        package var internalURL: String
    }

    package var services: [IdentityRecipe.Service]
    package var endpoint: Endpoint?
    package var domains: [IdentityRecipe.Domain]
    package var users: [User]
    package var roles: [String]
    package var projects: [String]
}

/// The login by which Minke administers Keystone.
package struct Administration: Sendable, Hashable {
    /// The URLs of the identity endpoint, inside the environment and from outside.
    package var internalURL: String
    package var publicURL: String
    package var user: String
    package var password: String
    package var project: String
    package var region: String
}

extension Resolver {
    /// The registration of a service; nil where its recipe asks for none.
    package func registrationDetails(of name: String) throws -> Registration? {
        guard let service = layout.service(name) else { return nil }
        let scope = (scopes[name] ?? ServiceScope()).scope
        let isKeeper = service.recipe.administration != nil
        guard service.recipe.identity != nil || isKeeper else { return nil }
        let recipe = service.recipe.identity ?? IdentityRecipe()
        var endpoint: Registration.Endpoint?
        if let name = recipe.endpoint, let address = layout.endpoints().first(where: { $0.name == name }) {
            endpoint = Registration.Endpoint(
                region: service.members.first?.region ?? layout.environment.defaultRegion,
                publicURL: (address.publicURL ?? address.internalURL) + recipe.urlSuffix,
                internalURL: address.internalURL + recipe.urlSuffix)
        }
        return Registration(
            services: recipe.services, endpoint: endpoint, domains: recipe.domains,
            users: try recipe.users.map {
                Registration.User(
                    name: $0.name, password: try $0.password.render(scope), domain: $0.domain, project: $0.project,
                    roles: $0.roles)
            },
            roles: recipe.roles, projects: service.recipe.administration?.projects ?? [])
    }

    /// The login to Keystone; nil where the environment has no Keystone.
    package func administration() throws -> Administration? {
        guard let service = layout.administration, let recipe = service.recipe.administration,
            let endpoint = layout.endpoints().first(where: { $0.name == recipe.endpoint })
        else { return nil }
        let scope = (scopes[service.name] ?? ServiceScope()).scope
        return Administration(
            internalURL: endpoint.internalURL, publicURL: endpoint.publicURL ?? endpoint.internalURL,
            user: recipe.user, password: try recipe.password.render(scope), project: recipe.project,
            region: service.members.first?.region ?? layout.environment.defaultRegion)
    }

    /// A service that lists members of other services at its API; nil where it does not, or where Keystone is missing.
    func teller(_ service: LaidOutService) -> Teller? {
        let told = service.recipe.reports.compactMap(\.deletion).flatMap(\.services)
        guard !told.isEmpty, let keeper = layout.administration else { return nil }
        return Teller(
            service: service.name, told: told,
            after: (service.members + keeper.members).map { .member($0.name) } + [.registration(service: service.name)])
    }

    func registration(of service: LaidOutService) throws -> DesiredRegistration? {
        guard let keeper = layout.administration, let details = try registrationDetails(of: service.name) else {
            return nil
        }
        var after: [Milestone] = keeper.members.map { .member($0.name) }
        after += milestonesOfFront
        for job in keeper.recipe.jobs { after.append(.job(service: keeper.name, name: job.name)) }
        // Users of other services belong to projects that Keystone's own registration makes.
        if service.name != keeper.name { after.append(.registration(service: keeper.name)) }
        var registration = DesiredRegistration(
            service: service.name, inputs: SHA256.hex(of: JSON.text(try Value(encoding: details))),
            after: after.sorted())
        registration.anchor = keeper.recipe.jobs.compactMap { anchor(storedIn: $0.storedIn, of: keeper) }.first
        return registration
    }
}
