import Model
import Recipes

/// The address of an endpoint inside the environment and, for a public endpoint, from outside.
public struct EndpointAddress: Sendable, Hashable {
    /// The name of the service that has the endpoint.
    public var service: String
    /// The endpoint's name, by which templates of all recipes refer to it.
    public var name: String
    /// The address inside the environment: the front's, or without a front that of the service's first member.
    public var host: String
    /// The port at that address: the first of the front's for the endpoint, or the one that the member listens on.
    public var port: Int
    /// The URL inside the environment, without the endpoint's path.
    public var internalBase: String
    /// The URL from outside, without the endpoint's path; nil where the endpoint is not reached from there.
    public var publicBase: String?
    /// The path that both URLs end in.
    public var path: String

    /// The URL inside the environment, with the path.
    public var internalURL: String { internalBase + path }
    /// The URL from outside, with the path; nil where the endpoint is not reached from there.
    public var publicURL: String? { publicBase.map { $0 + path } }
}

/// The port inside the front's container for a public port; the public port itself serves unencrypted internal
/// requests.
package func frontContainerPort(_ port: Int) -> Int { port <= 55535 ? port + 10_000 : port - 10_000 }

extension Layout {
    /// Every endpoint of the environment.
    package func endpoints() -> [EndpointAddress] {
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
    package static func backendName(service: String, endpoint: String) -> String { "\(service)-\(endpoint)" }
}
