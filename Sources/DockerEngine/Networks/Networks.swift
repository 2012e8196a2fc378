import HTTP
import Model

/// A network as the engine lists or inspects it.
public struct Network: Sendable, Hashable {
    /// A subnet of a network, in the notation of the API.
    public struct Subnet: Sendable, Hashable {
        /// The subnet in CIDR notation.
        public let subnet: String
        /// The gateway's address; nil where there is none.
        public let gateway: String?
        /// The part from which the engine chooses addresses, in CIDR notation; nil for all of it.
        public let range: String?
    }

    /// The network's id.
    public let id: String
    /// The name.
    public let name: String
    /// The driver, such as `bridge`.
    public let driver: String
    /// The scope, `local` or `swarm`.
    public let scope: String
    /// Whether the network has no route to the outside.
    public let isInternal: Bool
    /// The labels.
    public let labels: [String: String]
    /// The driver's options.
    public let options: [String: String]
    /// The subnets; one for each pool of addresses.
    public let subnets: [Subnet]
    /// The running containers by id; only `inspectNetwork` gives them.
    public let containers: [String: NetworkMember]
}

/// A running container on a network.
public struct NetworkMember: Sendable, Hashable {
    /// The container's name.
    public let name: String
    /// The IPv4 address, without the prefix length.
    public let address: String
    /// The MAC address.
    public let mac: String
}

/// The configuration of a network to create.
public struct NetworkConfiguration: Sendable, Hashable {
    /// The network's name.
    public var name: String
    /// The driver.
    public var driver = "bridge"
    /// The subnet in CIDR notation; nil for one that the engine chooses.
    public var subnet: String?
    /// The gateway's address; nil for one that the engine chooses.
    public var gateway: String?
    /// The part of the subnet from which the engine itself chooses addresses, in CIDR notation; nil for all of it.
    public var range: String?
    /// The driver that manages addresses (IPAM); nil for the engine's default.
    public var addressDriver: String?
    /// Options of the address driver.
    public var addressOptions: [String: String] = [:]
    /// Options of the network driver, such as `com.docker.network.driver.mtu`.
    public var options: [String: String] = [:]
    /// The labels.
    public var labels: [String: String] = [:]
    /// Whether the network has no route to the outside.
    public var isInternal = false

    /// Creates the configuration of a bridge network.
    public init(name: String) { self.name = name }
}

extension Engine {
    /// Lists the networks that pass the filters, without their containers.
    public func networks(filters: Filters = [:]) async throws -> [Network] {
        let value = try await call("list networks", "GET", "/networks", query: filters.pair).json()
        return (value.list ?? []).map { Network($0) }
    }

    /// Reads the details of one network, by name or id.
    public func inspectNetwork(_ network: String) async throws -> Network {
        Network(try await call("inspect network \(network)", "GET", networkPath(network)).json())
    }

    /// Creates a network and returns its id; an existing name is a conflict (`EngineError` with status 409).
    public func createNetwork(_ configuration: NetworkConfiguration) async throws -> String {
        var object = JSONObject()
        object.set("Name", configuration.name)
        object.set("CheckDuplicate", true)
        object.set("Driver", configuration.driver)
        object.set("Internal", configuration.isInternal)
        object.set("Options", notEmpty: configuration.options)
        object.set("Labels", notEmpty: configuration.labels)
        var addresses = JSONObject()
        addresses.set("Driver", configuration.addressDriver)
        addresses.set("Options", notEmpty: configuration.addressOptions)
        if let subnet = configuration.subnet {
            var pool = JSONObject()
            pool.set("Subnet", subnet)
            pool.set("Gateway", configuration.gateway)
            pool.set("IPRange", configuration.range)
            addresses.set("Config", .list([pool.value]))
        }
        object.set("IPAM", addresses)
        return try await call(
            "create network \(configuration.name)", "POST", "/networks/create", json: object.value
        ).json().text("Id")
    }

    /// Connects a container to a network.
    public func connect(
        _ container: String, to network: String, _ endpoint: EndpointConfiguration = EndpointConfiguration()
    ) async throws {
        let json: Value = [
            "Container": .string(container), "EndpointConfig": endpoint.json(for: try await apiVersion()),
        ]
        try await call(
            "connect container \(container) to network \(network)", "POST", "\(networkPath(network))/connect",
            json: json)
    }

    /// Disconnects a container from a network.
    public func disconnect(_ container: String, from network: String, force: Bool = false) async throws {
        try await call(
            "disconnect container \(container) from network \(network)", "POST", "\(networkPath(network))/disconnect",
            json: ["Container": .string(container), "Force": .bool(force)])
    }

    /// Removes a network without containers; one that does not exist is no error.
    public func removeNetwork(_ network: String) async throws {
        try await call("remove network \(network)", "DELETE", networkPath(network), allowing: [404])
    }

    private func networkPath(_ network: String) -> String { "/networks/\(percentEncoded(network))" }
}

extension Network {
    init(_ value: Value) {
        id = value.text("Id")
        name = value.text("Name")
        driver = value.text("Driver")
        scope = value.text("Scope")
        isInternal = value.flag("Internal")
        labels = value.textMap("Labels")
        options = value.textMap("Options")
        subnets = (value["IPAM"]?.items("Config") ?? []).map {
            Subnet(subnet: $0.text("Subnet"), gateway: $0.optionalText("Gateway"), range: $0.optionalText("IPRange"))
        }
        var members: [String: NetworkMember] = [:]
        for (id, member) in value["Containers"]?.map ?? ValueMap() {
            members[id] = NetworkMember(
                name: member.text("Name"), address: String(member.text("IPv4Address").prefix { $0 != "/" }),
                mac: member.text("MacAddress"))
        }
        containers = members
    }
}
