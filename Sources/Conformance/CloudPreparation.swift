import HTTP
import Model
import OpenStack
import System

/// The creation of objects that the tests need and that a cloud does not have by itself.
public struct CloudPreparation: Sendable {
    /// The network for floating IP addresses to create if the cloud has none.
    public struct External: Sendable {
        /// Neutron's name of the physical network, such as `physnet1`.
        public var physicalNetwork: String
        /// The subnet, with all addresses of the network.
        public var subnet: IPv4Network
        /// The address of the subnet's gateway.
        public var gateway: IPv4Address
        /// The addresses that the cloud may allocate.
        public var pool: ClosedRange<IPv4Address>

        /// Describes a network to create.
        public init(
            physicalNetwork: String, subnet: IPv4Network, gateway: IPv4Address, pool: ClosedRange<IPv4Address>
        ) {
            self.physicalNetwork = physicalNetwork
            self.subnet = subnet
            self.gateway = gateway
            self.pool = pool
        }
    }

    /// The identifiers of the objects that were created or found.
    public struct Parts: Sendable, Hashable {
        /// Two images of the same content.
        public var images: [String] = []
        /// Two flavors, the second with more memory.
        public var flavors: [String] = []
        /// The external network; nil if the cloud has none and could get none.
        public var external: (id: String, name: String)?

        /// Creates an empty record.
        public init() {}

        /// Compares identifiers; the name of the external network does not count.
        public static func == (left: Parts, right: Parts) -> Bool {
            left.images == right.images && left.flavors == right.flavors && left.external?.id == right.external?.id
        }

        /// Hashes the identifiers of images and flavors.
        public func hash(into hasher: inout Hasher) {
            hasher.combine(images)
            hasher.combine(flavors)
        }
    }

    let cloud: TestedCloud
    let external: External?

    /// Prepares a cloud.
    ///
    /// - Parameter external: the network to create if the cloud has no external one; nil to create none.
    public init(cloud: TestedCloud, external: External?) {
        self.cloud = cloud
        self.external = external
    }

    static let prefix = CloudInventory.prefix

    /// Creates two images and two flavors, and an external network if the cloud has none and one is described.
    ///
    /// - Parameter disk: the guest's disk, in qcow2.
    public func run(disk: [UInt8]) async throws -> Parts {
        var parts = Parts()
        for name in ["image", "image-alternative"] {
            parts.images.append(try await image("\(Self.prefix)-\(name)", disk: disk))
        }
        for (name, memory) in [("flavor", 256), ("flavor-alternative", 320)] {
            parts.flavors.append(try await flavor("\(Self.prefix)-\(name)", memory: memory))
        }
        parts.external = try await network()
        return parts
    }

    private func image(_ name: String, disk: [UInt8]) async throws -> String {
        let glance = try cloud.needed("image")
        let answer = try await glance.send(
            "POST", "/images",
            [
                "name": .string(name), "disk_format": "qcow2", "container_format": "bare", "visibility": "public",
                "hw_rng_model": "virtio",
            ])
        let id = answer["id"]?.string ?? ""
        try await glance.upload("/images/\(id)/file", .content(.bytes(disk)), limit: .seconds(600))
        try await wait(every: .milliseconds(500), within: .seconds(300), for: "image \(name) to become active") {
            try await glance.show("/images/\(id)")?["status"]?.string == "active"
        }
        return id
    }

    private func flavor(_ name: String, memory: Int) async throws -> String {
        let fields: Value = ["name": .string(name), "ram": .int(memory), "vcpus": 1, "disk": 1]
        return try await cloud.needed("compute").create("/flavors", "flavor", fields)["id"]?.string ?? ""
    }

    /// Returns the cloud's own external network, or creates one; nil if neither is possible.
    private func network() async throws -> (id: String, name: String)? {
        let neutron = try cloud.needed("network")
        let there = try await neutron.list("/networks?router:external=true", "networks") ?? []
        if let own = there.first, let id = own["id"]?.string { return (id, own["name"]?.string ?? id) }
        guard let external else { return nil }
        let name = "\(Self.prefix)-external"
        let network = try await neutron.create(
            "/networks", "network",
            [
                "name": .string(name), "router:external": true, "provider:network_type": "flat",
                "provider:physical_network": .string(external.physicalNetwork),
            ])
        let id = network["id"]?.string ?? ""
        _ = try await neutron.create(
            "/subnets", "subnet",
            [
                "name": .string(name), "network_id": .string(id), "ip_version": 4, "enable_dhcp": false,
                "cidr": .string("\(external.subnet.network)/\(external.subnet.prefix)"),
                "gateway_ip": .string("\(external.gateway)"),
                "allocation_pools": [
                    ["start": .string("\(external.pool.lowerBound)"), "end": .string("\(external.pool.upperBound)")]
                ],
            ])
        return (id, name)
    }
}
