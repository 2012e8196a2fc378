import Model
import Recipes

/// The address of an endpoint inside the environment and, for a public endpoint, from outside.
public struct EndpointAddress: Sendable, Hashable {
    public var service: String
    public var name: String
    public var host: String
    public var port: Int
    /// The URLs without the endpoint's path; `publicBase` is nil where the endpoint is not reached from outside.
    public var internalBase: String
    public var publicBase: String?
    public var path: String

    public var internalURL: String { internalBase + path }
    public var publicURL: String? { publicBase.map { $0 + path } }
}

/// The port inside the front's container for a public port; the public port itself serves unencrypted internal
/// requests.
public func frontContainerPort(_ port: Int) -> Int { port <= 55535 ? port + 10_000 : port - 10_000 }

extension Layout {
    /// Every endpoint of the environment.
    public func endpoints() -> [EndpointAddress] {
        var all: [EndpointAddress] = []
        let access = environment.access
        for service in services {
            for endpoint in service.recipe.endpoints {
                guard let listener = service.recipe.listeners.first(where: { $0.name == endpoint.listener }),
                    let direct = service.members.first?.address
                else { continue }
                let isWeb = listener.transport == .http || listener.transport == .https
                let scheme = isWeb ? "http" : listener.transport.rawValue
                if let front = front?.members.first?.address, let port = endpoint.ports.first {
                    let publicScheme = isWeb && access.usesTLS ? "https" : scheme
                    let publicBase = "\(publicScheme)://\(access.host):\(port)"
                    all.append(
                        EndpointAddress(
                            service: service.name, name: endpoint.name, host: front.description, port: port,
                            internalBase: "\(scheme)://\(front):\(port)",
                            publicBase: endpoint.isPublic ? publicBase : nil, path: endpoint.path))
                } else {
                    let base = "\(scheme)://\(direct):\(listener.port)"
                    all.append(
                        EndpointAddress(
                            service: service.name, name: endpoint.name, host: direct.description,
                            port: listener.port, internalBase: base, publicBase: endpoint.isPublic ? base : nil,
                            path: endpoint.path))
                }
            }
        }
        return all
    }

    /// The name of an endpoint's backend at the front.
    static func backendName(service: String, endpoint: String) -> String { "\(service)-\(endpoint)" }
}

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
