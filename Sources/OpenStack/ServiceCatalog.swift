import Model

/// The endpoints of a cloud's services, as Keystone lists them with a token.
public struct ServiceCatalog: Sendable {
    struct Endpoint: Sendable {
        let type: String
        let interface: String
        let region: String
        let url: String
    }

    let endpoints: [Endpoint]

    /// Reads the catalogue from the `token` object of Keystone's answer (Identity API v3).
    init(token: Value) {
        endpoints = (token["catalog"]?.list ?? []).flatMap { service -> [Endpoint] in
            (service["endpoints"]?.list ?? []).compactMap { endpoint in
                guard let type = service["type"]?.string, let interface = endpoint["interface"]?.string,
                    let url = endpoint["url"]?.string
                else { return nil }
                return Endpoint(
                    type: type, interface: interface, region: endpoint["region_id"]?.string ?? "", url: url)
            }
        }
    }

    /// The types of the services that have a public endpoint in a region.
    public func types(in region: String) -> Set<String> {
        Set(endpoints.filter { $0.interface == "public" && $0.region == region }.map(\.type))
    }

    /// The public URL of a service with its version, which only some catalogues include.
    ///
    /// - Throws: `Problems` if the region has no such service.
    func url(_ type: String, version: String, in region: String) throws -> String {
        let found = endpoints.first { $0.type == type && $0.interface == "public" && $0.region == region }
        guard var url = found?.url else {
            throw Problems(
                "the cloud has no \(type) service in region \(region)",
                remedy: "add the service to the environment, as environments/openstack.yaml has it, and run `minke up`")
        }
        while url.hasSuffix("/") { url.removeLast() }
        // Cinder's URL has the project after the version.
        let hasVersion = url.split(separator: "/").suffix(2)
            .contains { $0.hasPrefix("v") && $0.dropFirst().first?.isNumber == true }
        return hasVersion ? url : "\(url)/\(version)"
    }
}
