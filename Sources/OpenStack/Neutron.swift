import Model

/// A client of Neutron, the network service (Networking API v2.0).
public struct Neutron: Sendable {
    /// A kind of object; the raw value is its path.
    public enum Kind: String, Sendable {
        case network = "networks"
        case subnet = "subnets"
        case router = "routers"
        case port = "ports"
        case floatingIP = "floatingips"
        case securityGroup = "security-groups"

        /// The key of one object in requests and answers.
        var key: String { rawValue.dropLast().map { $0 == "-" ? "_" : String($0) }.joined() }
        /// The key of a list in answers.
        var listKey: String { key + "s" }
    }

    /// An object of Neutron.
    public struct Object: Sendable, Hashable {
        /// The UUID by which the API identifies it.
        public let id: String
        /// The name; several objects can have the same.
        public let name: String
        /// The description; empty where it has none.
        public let description: String
        /// The status, such as `ACTIVE` or `DOWN`; empty for kinds without one.
        public let status: String
        /// All fields of the object.
        public let fields: Value

        init?(_ value: Value) {
            guard let id = value["id"]?.string else { return nil }
            self.id = id
            name = value["name"]?.string ?? ""
            description = value["description"]?.string ?? ""
            status = value["status"]?.string ?? ""
            fields = value
        }
    }

    /// An agent, which applies Neutron's configuration on a host.
    public struct Agent: Sendable, Hashable {
        /// The type, such as `DHCP agent`.
        public let type: String
        /// The host that it works on.
        public let host: String
        /// Whether it reports itself to Neutron and is not disabled.
        public let isAlive: Bool
    }

    private let service: Service

    /// Finds the service in the session's catalogue.
    ///
    /// - Throws: `Problems` if the region has no network service.
    public init(_ keystone: Keystone, region: String) throws {
        service = try Service("network", version: "v2.0", region: region, keystone: keystone)
    }

    /// Lists the objects of a kind whose fields have the wanted values.
    public func list(_ kind: Kind, where wanted: [(name: String, value: String)] = []) async throws -> [Object] {
        let query = wanted.map { "\($0.name)=\($0.value.percentEncoded)" }.joined(separator: "&")
        return try await service.list("/\(kind.rawValue)\(query.isEmpty ? "" : "?")\(query)", kind.listKey)
            .compactMap(Object.init)
    }

    /// Reads an object; nil if there is none.
    public func show(_ kind: Kind, _ id: String) async throws -> Object? {
        try await service.show("/\(kind.rawValue)/\(id.percentEncoded)", kind.key).flatMap(Object.init)
    }

    /// Creates an object and returns it as Neutron does.
    public func create(_ kind: Kind, _ fields: Value) async throws -> Object? {
        Object(try await service.create("/\(kind.rawValue)", kind.key, fields))
    }

    /// Changes the given fields of an object.
    public func update(_ kind: Kind, _ id: String, _ fields: Value) async throws {
        try await service.send("PUT", "/\(kind.rawValue)/\(id.percentEncoded)", .json([kind.key: fields]))
    }

    /// Deletes an object; a missing one is no error.
    public func delete(_ kind: Kind, _ id: String) async throws {
        try await service.delete("/\(kind.rawValue)/\(id.percentEncoded)")
    }

    /// Connects a subnet to a router.
    public func addInterface(subnet: String, to router: String) async throws {
        try await service.send(
            "PUT", "/routers/\(router.percentEncoded)/add_router_interface", .json(["subnet_id": .string(subnet)]))
    }

    /// Disconnects a subnet from a router; one that is not connected is no error.
    public func removeInterface(subnet: String, from router: String) async throws {
        try await service.send(
            "PUT", "/routers/\(router.percentEncoded)/remove_router_interface",
            .json(["subnet_id": .string(subnet)]), allowing: [404])
    }

    /// Adds rules to security groups, all in one request.
    public func addRules(_ rules: [Value]) async throws {
        try await service.send("POST", "/security-group-rules", .json(["security_group_rules": .list(rules)]))
    }

    /// Lists the agents.
    public func agents() async throws -> [Agent] {
        try await service.list("/agents", "agents").map {
            Agent(
                type: $0["agent_type"]?.string ?? "", host: $0["host"]?.string ?? "",
                isAlive: $0["alive"]?.bool == true && $0["admin_state_up"]?.bool != false)
        }
    }
}
