import Model
import OpenStack

/// A cloud under test, accessed as its administrator.
public struct TestedCloud: Sendable {
    /// The administrator's session.
    public let keystone: Keystone
    /// The region under test.
    public let region: String
    private let services: [String: CloudService]

    /// Finds the services of a region.
    ///
    /// - Throws: `Problems` if the catalogue lacks an endpoint.
    public init(_ keystone: Keystone, region: String) throws {
        self.keystone = keystone
        self.region = region
        let types = keystone.catalog.types(in: region)
        var services: [String: CloudService] = [:]
        // The type in OpenStack's list of service types, then the older one that some deployments still register.
        let kinds: [(type: String, names: [String], version: String)] = [
            ("identity", ["identity"], "v3"), ("image", ["image"], "v2"), ("compute", ["compute"], "v2.1"),
            ("network", ["network"], "v2.0"), ("block-storage", ["block-storage", "volumev3"], "v3"),
        ]
        for kind in kinds {
            guard let name = kind.names.first(where: types.contains) else { continue }
            services[kind.type] = try CloudService(name, version: kind.version, region: region, keystone: keystone)
        }
        self.services = services
    }

    /// The service of a type; nil if the cloud has none.
    func service(_ type: String) -> CloudService? { services[type] }

    /// The service of a type that the tests need.
    ///
    /// - Throws: `Problems` if the cloud has none.
    func needed(_ type: String) throws -> CloudService {
        guard let service = services[type] else {
            throw Problems(
                "the cloud has no \(type) service in region \(region)",
                remedy: "add it to the environment, and run `minke up`")
        }
        return service
    }

    /// Lists all objects of the kinds that tests create.
    public func inventory() async throws -> CloudInventory {
        var objects: [CloudInventory.Object] = []
        for kind in ObjectKind.all {
            guard let service = services[kind.service] else { continue }
            for item in try await service.list(kind.list, kind.key) ?? [] {
                let fields = kind.wrapping.flatMap { item[$0] } ?? item
                guard let id = fields[kind.id].flatMap(text) else { continue }
                objects.append(
                    CloudInventory.Object(
                        kind: kind, id: id, name: fields[kind.name]?.string ?? "",
                        project: fields["tenant_id"]?.string ?? fields["project_id"]?.string ?? fields["owner"]?.string,
                        domain: kind.words == "domain" ? nil : fields["domain_id"]?.string,
                        description: fields["description"]?.string ?? ""))
            }
        }
        return CloudInventory(objects: objects)
    }

    /// An identifier as text; identifiers of aggregates are numbers.
    private func text(_ id: Value) -> String? { id.string ?? id.int.map { "\($0)" } }
}
