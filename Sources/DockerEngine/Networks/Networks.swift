import HTTP
import Model

/// A network as the engine lists or inspects it.
public struct Network: Sendable, Hashable {
    public struct Subnet: Sendable, Hashable {
        public let subnet: String
        public let gateway: String?
        public let range: String?
    }

    public let id: String
    public let name: String
    public let driver: String
    public let scope: String
    public let isInternal: Bool
    public let labels: [String: String]
    public let options: [String: String]
    public let subnets: [Subnet]
    /// Running containers by id; only `inspect` gives them.
    public let containers: [String: NetworkMember]
}

/// A running container on a network.
public struct NetworkMember: Sendable, Hashable {
    public let name: String
    /// Without the prefix length.
    public let address: String
    public let mac: String
}

/// The configuration of a network to create.
public struct NetworkConfiguration: Sendable, Hashable {
    public var name: String
    public var driver = "bridge"
    public var subnet: String?
    public var gateway: String?
    /// The part of the subnet from which the engine itself chooses addresses.
    public var range: String?
    public var addressDriver: String?
    public var addressOptions: [String: String] = [:]
    public var options: [String: String] = [:]
    public var labels: [String: String] = [:]
    public var isInternal = false

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

    /// Creates a network and gives its id; a name that exists is a conflict.
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
