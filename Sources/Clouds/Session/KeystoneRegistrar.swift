import Applying
import Layouts
import Model
import OpenStack
import Planning
import Recipes
import Rendering

/// A registrar of services at the environment's own Keystone, inside its network.
package struct KeystoneRegistrar: Registrar {
    package let resolver: Resolver
    package let state: EnvironmentState

    /// Logs in as the administrator; returns nil where the environment has no Keystone.
    private func logIn() async throws -> Keystone? {
        guard let login = try resolver.administration() else { return nil }
        return try await Keystone(
            url: login.internalURL, user: login.user, password: login.password, project: login.project,
            client: HTTPRESTClient())
    }

    package func register(service: String) async throws {
        guard let details = try resolver.registrationDetails(of: service), let keystone = try await logIn() else {
            return
        }
        var wanted = WantedIdentity(
            projects: details.projects, roles: details.roles,
            users: details.users.map {
                var user = WantedIdentity.User(name: $0.name, password: $0.password, roles: $0.roles)
                user.domain = $0.domain
                user.project = $0.project
                return user
            })
        wanted.domains = details.domains.map { .init(name: $0.name, description: $0.description) }
        if let endpoint = details.endpoint {
            wanted.services = details.services.map { named in
                .init(
                    type: named.type, name: named.name, description: named.description, region: endpoint.region,
                    urls: [
                        "public": endpoint.publicURL, "internal": endpoint.internalURL,
                        "admin": endpoint.internalURL,
                    ])
            }
        }
        try await keystone.converge(wanted, ledger: ServiceLedger(state: state, service: service))
    }

    package func deregister(service: String) async throws {
        guard let keystone = try await logIn() else { return }
        let ledger = ServiceLedger(state: state, service: service)
        // A user may belong to another service by now.
        let others = resolver.layout.services.filter { $0.name != service }
        let needed = Set(try others.flatMap { try resolver.registrationDetails(of: $0.name)?.users.map(\.name) ?? [] })
        // In the order of paths, endpoints come first.
        for (path, name) in try await ledger.made().sorted(by: { $0.key < $1.key }) {
            if !(path.hasPrefix("/users/") && needed.contains(name)) { try await keystone.remove(path) }
            try await ledger.forget(made: path)
        }
    }

    package func withdraw(_ departure: Departure, teller: String) async throws {
        guard let service = resolver.layout.service(teller), let keystone = try await logIn() else { return }
        for report in service.recipe.reports {
            guard let deletion = report.deletion, deletion.services.contains(departure.service),
                let endpoint = resolver.layout.endpoints().first(where: { $0.name == report.endpoint })
            else { continue }
            let url = keystone.url(of: report, at: endpoint)
            for entry in try await keystone.entries(url, list: report.list)
            where entry[report.service]?.string == departure.service
                && entry[report.host]?.string == departure.hostname
            {
                guard let id = entry[deletion.id].flatMap({ $0.string ?? $0.int.map(String.init) }) else { continue }
                try await keystone.delete("\(url)/\(id)")
            }
        }
    }
}

/// The objects that were made in Keystone for a service.
package struct ServiceLedger: IdentityLedger {
    package let state: EnvironmentState
    package let service: String

    private var folder: KeyFolder<String> { StateKeys.registered(for: service) }

    /// The key of an object, whose path begins with a slash.
    private func key(_ path: String) -> StateKey<String> { folder[String(path.dropFirst())] }

    /// The names of the objects that were made, by their paths.
    package func made() async throws -> [String: String] {
        let entries = try await state.entries(below: folder).map { ("/" + $0.key, $0.value.string ?? "") }
        return Dictionary(entries, uniquingKeysWith: { first, _ in first })
    }

    package func note(made path: String, name: String) async throws { try await state.put(key(path), name) }

    package func wasMade(_ path: String) async throws -> Bool { try await state.has(key(path)) }

    package func forget(made path: String) async throws { try await state.delete(key(path)) }
}

extension EnvironmentState {
    /// The services for which objects were made in Keystone.
    package func registeredServices() async throws -> Set<String> {
        let names = try await names(below: StateKeys.registered)
        return Set(names.compactMap { $0.split(separator: "/").first.map(String.init) })
    }

    /// The members that are gone for good and that an API may still list.
    package func departures() async throws -> [Departure] {
        try await records(below: StateKeys.departed).sorted { $0.key < $1.key }.map { member, record in
            Departure(member: member, service: record.service, hostname: record.hostname)
        }
    }

    package func record(_ departures: [Departure]) async throws {
        try await commit(
            try departures.map { departure in
                try putting(
                    StateKeys.departed[departure.member],
                    DepartureRecord(service: departure.service, hostname: departure.hostname))
            })
    }

    package func forget(_ departure: Departure) async throws {
        try await delete(StateKeys.departed[departure.member])
    }
}

/// The stored form of a member that is gone for good, under its name.
package struct DepartureRecord: Codable {
    var service: String
    var hostname: String
}

extension Survey {
    /// Remembers the members that a plan removes for good, until no API lists them, and forgets those that are back.
    package func rememberDepartures(in plan: Plan) async throws {
        let gone = plan.steps.compactMap { step -> Departure? in
            if case .withdraw(let departure, _) = step.action { return departure }
            return nil
        }
        try await session.state.record(gone)
        let wanted = Set(desired.members.map(\.name))
        for departure in departures where wanted.contains(departure.member) {
            try await session.state.forget(departure)
        }
    }
}
