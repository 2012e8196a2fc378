import Layouts
import Model
import Recipes

extension ScopeBuilder {
    /// The environment as templates see it.
    func describe(_ environment: Environment) -> Value {
        .record { (field: TemplateScope.EnvironmentFacts) in
            switch field {
            case .name: .string(environment.name)
            case .domain: .string(environment.domain)
            case .release: .string(environment.images.release ?? layout.services.first?.release.name ?? "")
            case .version: .string(environment.images.version)
            case .region: .string(environment.defaultRegion)
            }
        }
    }

    /// A network as templates see it.
    func describe(_ network: Environment.Network) -> Value {
        let subnet = IPv4Network(address: network.subnet.network, prefix: network.subnet.prefix)
        return .record { (field: TemplateScope.Network) in
            switch field {
            case .subnet: .string(subnet.description)
            case .gateway: .string((network.gateway ?? subnet.firstHost).description)
            case .prefix: .int(subnet.prefix)
            case .mtu: .int(network.mtu ?? 1500)
            }
        }
    }

    /// The public access as templates see it.
    func describe(_ access: Environment.PublicAccess) -> Value {
        .record { (field: TemplateScope.PublicAccess) in
            switch field {
            case .host: .string(access.host)
            case .scheme: .string(access.usesTLS ? "https" : "http")
            }
        }
    }

    /// The endpoints as templates see them, by name.
    func endpoints() -> Value {
        .byName(layout.endpoints().map { (key: $0.name, value: describe($0)) })
    }

    private func describe(_ endpoint: EndpointAddress) -> Value {
        .record { (field: TemplateScope.Endpoint) in
            switch field {
            case .internalURL: .string(endpoint.internalURL)
            case .publicURL: .string(endpoint.publicURL ?? endpoint.internalURL)
            case .internalBase: .string(endpoint.internalBase)
            case .publicBase: .string(endpoint.publicBase ?? endpoint.internalBase)
            case .host: .string(endpoint.host)
            case .port: .int(endpoint.port)
            }
        }
    }
}
