import Model
import OpenStack

/// The features of a cloud that tests have to be told.
public struct CloudFeatures: Sendable, Hashable {
    /// A range of versions of an API.
    public struct Versions: Sendable, Hashable {
        public var lowest: String
        public var highest: String

        public init(lowest: String, highest: String) {
            self.lowest = lowest
            self.highest = highest
        }
    }

    /// The types of services in Keystone's catalogue.
    public var services: Set<String> = []
    public var compute: Versions?
    public var placement: Versions?
    public var volume: Versions?
    /// Names of Neutron's extensions, sorted.
    public var networkExtensions: [String] = []
    /// The number of hosts that run instances.
    public var computeNodes = 0
    /// Whether an instance can be resized on the host where it is.
    public var resizesInPlace = false
    /// Whether there are consoles for browsers.
    public var hasConsoles = false
    /// The ways in which Glance imports images.
    public var importMethods: [String] = []

    public init() {}
}

extension TestedCloud {
    /// Asks the services for the features; those that only the environment knows keep their defaults.
    public func features() async throws -> CloudFeatures {
        var features = CloudFeatures()
        features.services = keystone.catalog.types(in: region)
        let nova = try needed("compute")
        features.compute = Self.versions(try await nova.show("/")?["version"])
        let nodes = try await nova.list("/os-hypervisors/detail", "hypervisors") ?? []
        features.computeNodes = nodes.count { $0["state"]?.string == "up" && $0["status"]?.string == "enabled" }
        if features.services.contains("placement") {
            let placement = try CloudService("placement", version: "", region: region, keystone: keystone)
            features.placement = Self.versions(try await placement.list("", "versions")?.first)
        }
        if let cinder = service("block-storage") {
            features.volume = Self.versions(try await cinder.show("/")?["versions"]?.list?.first)
        }
        let neutron = try needed("network")
        let extensions = try await neutron.list("/extensions", "extensions") ?? []
        features.networkExtensions = extensions.compactMap { $0["alias"]?.string }.sorted()
        // Neutron makes networks for projects by itself where there are both a default external network and a default
        // pool of subnets.
        let external = try await neutron.list("/networks?router:external=true&is_default=true", "networks") ?? []
        let pools = try await neutron.list("/subnetpools?is_default=true", "subnetpools") ?? []
        if external.isEmpty || pools.isEmpty {
            features.networkExtensions.removeAll { $0 == "auto-allocated-topology" }
        }
        let methods = try await needed("image").show("/info/import")?["import-methods"]?["value"]
        features.importMethods = methods?.list?.compactMap(\.string) ?? []
        return features
    }

    private static func versions(_ value: Value?) -> CloudFeatures.Versions? {
        guard let lowest = value?["min_version"]?.string,
            let highest = value?["max_version"]?.string ?? value?["version"]?.string, !highest.isEmpty
        else { return nil }
        return CloudFeatures.Versions(lowest: lowest, highest: highest)
    }
}
