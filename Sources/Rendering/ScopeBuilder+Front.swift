import Layouts
import Model
import Recipes

extension ScopeBuilder {
    func endpoints() -> Value {
        var values = ValueMap()
        for endpoint in layout.endpoints() {
            let value = Value.map(
                ValueMap([
                    ("internal", .string(endpoint.internalURL)),
                    ("public", .string(endpoint.publicURL ?? endpoint.internalURL)),
                    ("internal_base", .string(endpoint.internalBase)),
                    ("public_base", .string(endpoint.publicBase ?? endpoint.internalBase)),
                    ("host", .string(endpoint.host)), ("port", .int(endpoint.port)),
                    ("path", .string(endpoint.path)),
                ]))
            values[endpoint.name] = value
            if endpoint.name.contains("-") { values[endpoint.name.replacingHyphens()] = value }
        }
        return .map(values)
    }

    /// The endpoints as the front needs them, each with a server for every slot that a container may take.
    func frontEndpoints() -> [Value] {
        var values: [Value] = []
        for service in layout.services {
            for endpoint in service.recipe.endpoints {
                guard let listener = service.recipe.listeners.first(where: { $0.name == endpoint.listener }) else {
                    continue
                }
                var value = ValueMap([
                    ("name", .string(Layout.backendName(service: service.name, endpoint: endpoint.name))),
                    ("service", .string(service.name)),
                    ("mode", listener.transport == .http || listener.transport == .https ? "http" : "tcp"),
                    ("internal_port", .int(endpoint.ports.first ?? listener.port)),
                    ("public", .bool(endpoint.isPublic)),
                    ("timeout", .int(Int(endpoint.timeout.seconds))),
                    ("ports", .list(endpoint.ports.map(describePort))),
                    ("servers", .list(servers(of: service, endpoint, port: listener.port))),
                ])
                value["check"] =
                    endpoint.check.map {
                        .map(ValueMap([("path", .string($0.path)), ("status", .list($0.status.map(Value.int)))]))
                    } ?? .null
                values.append(.map(value))
            }
        }
        return values
    }

    private func describePort(_ port: Int) -> Value {
        .map(ValueMap([("port", .int(port)), ("container_port", .int(frontContainerPort(port)))]))
    }

    private func servers(of service: LaidOutService, _ endpoint: EndpointRecipe, port: Int) -> [Value] {
        var servers: [Value] = []
        for member in service.members {
            let counts = endpoint.capacity.compactMap { (member.settings[$0] ?? service.settings[$0])?.int }
            let most = 1_000_000
            let capacity = counts.isEmpty ? Value.null : .int(counts.reduce(1) { min($0, most) * min($1, most) })
            let slots: [Slot] = service.recipe.replacement == .startFirst ? [.a, .b] : [.a]
            for (slot, address) in zip(slots, member.addresses) {
                servers.append(
                    .map(
                        ValueMap([
                            ("name", .string(slot.serverName(member: member.name))),
                            ("member", .string(member.name)), ("slot", .string(slot.rawValue)),
                            ("address", .string(address.description)), ("port", .int(port)),
                            ("capacity", capacity),
                        ])))
            }
        }
        return servers
    }
}
