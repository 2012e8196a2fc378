import Layouts
import Model
import Recipes

extension ScopeBuilder {
    /// The values that only the front sees.
    func front() -> Value {
        .record { (field: TemplateScope.Front) in
            switch field {
            case .endpoints: .list(layout.services.flatMap(frontEndpoints))
            }
        }
    }

    /// The endpoints of a service as the front needs them.
    private func frontEndpoints(of service: LaidOutService) -> [Value] {
        service.recipe.endpoints.compactMap { endpoint in
            service.recipe.listeners.first { $0.name == endpoint.listener }.map { listener in
                describe(endpoint, of: service, at: listener)
            }
        }
    }

    private func describe(_ endpoint: EndpointRecipe, of service: LaidOutService, at listener: Listener) -> Value {
        .record { (field: TemplateScope.FrontEndpoint) in
            switch field {
            case .name: .string(Layout.backendName(service: service.name, endpoint: endpoint.name))
            case .service: .string(service.name)
            case .mode: listener.transport == .http || listener.transport == .https ? "http" : "tcp"
            case .internalPort: .int(endpoint.ports.first ?? listener.port)
            case .isPublic: .bool(endpoint.isPublic)
            case .timeout: .int(Int(endpoint.timeout.seconds))
            case .ports: .list(endpoint.ports.map { describe(port: $0) })
            case .servers: .list(servers(of: service, endpoint, port: listener.port))
            case .check: endpoint.check.map { describe($0) } ?? .null
            }
        }
    }

    private func describe(port: Int) -> Value {
        .record { (field: TemplateScope.FrontPort) in
            switch field {
            case .port: .int(port)
            case .containerPort: .int(frontContainerPort(port))
            }
        }
    }

    private func describe(_ check: EndpointRecipe.Check) -> Value {
        .record { (field: TemplateScope.FrontCheck) in
            switch field {
            case .path: .string(check.path)
            case .status: .list(check.status.map(Value.int))
            }
        }
    }

    /// A server for every slot that a member's container may take.
    private func servers(of service: LaidOutService, _ endpoint: EndpointRecipe, port: Int) -> [Value] {
        let slots: [Slot] = service.recipe.replacement == .startFirst ? [.a, .b] : [.a]
        return service.members.flatMap { member in
            let capacity = capacity(of: member, of: service, at: endpoint)
            return zip(slots, member.addresses).map { slot, address in
                Value.record { (field: TemplateScope.FrontServer) in
                    switch field {
                    case .name: .string(slot.serverName(member: member.name))
                    case .member: .string(member.name)
                    case .slot: .string(slot.rawValue)
                    case .address: .string(address.description)
                    case .port: .int(port)
                    case .capacity: capacity.map(Value.int) ?? .null
                    }
                }
            }
        }
    }

    /// The number of requests that a member answers at the same time; nil where the recipe does not say.
    private func capacity(of member: LaidOutMember, of service: LaidOutService, at endpoint: EndpointRecipe) -> Int? {
        let counts = endpoint.capacity.compactMap { (member.settings[$0] ?? service.settings[$0])?.int }
        let most = 1_000_000
        return counts.isEmpty ? nil : counts.reduce(1) { min($0, most) * min($1, most) }
    }
}
