import Model
import OpenStack

/// The features of a cloud on which the configuration of its tests depends.
public struct CloudFeatures: Sendable, Hashable {
    /// A range of versions of an API.
    public struct Versions: Sendable, Hashable {
        /// The lowest version, such as `2.1`.
        public var lowest: String
        /// The highest version, such as `2.100`.
        public var highest: String

        /// Creates a range.
        public init(lowest: String, highest: String) {
            self.lowest = lowest
            self.highest = highest
        }
    }

    /// The types of the services in Keystone's catalogue.
    public var services: Set<String> = []
    /// The microversions of Nova; nil if it has none.
    public var compute: Versions?
    /// The microversions of Placement; nil if it has none.
    public var placement: Versions?
    /// The microversions of Cinder; nil if it has none.
    public var volume: Versions?
    /// The aliases of Neutron's extensions, sorted.
    public var networkExtensions: [String] = []
    /// The number of hosts that run instances.
    public var computeNodes = 0
    /// Whether an instance can be resized on the host that it is on.
    public var resizesInPlace = false
    /// Whether instances have consoles for browsers.
    public var hasConsoles = false
    /// The methods by which Glance imports images, such as `glance-direct`.
    public var importMethods: [String] = []

    /// Creates the features of a cloud about which nothing is known.
    public init() {}
}

extension TestedCloud {
    /// Asks the services for the features; features that only the environment knows keep their defaults.
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
        // Neutron creates networks for projects by itself if there are both a default external network and a default
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
