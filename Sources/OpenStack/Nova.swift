import Model

/// A client of Nova, the compute service (Compute API v2.1, microversion 2.55).
public struct Nova: Sendable {
    /// An instance.
    public struct Server: Sendable, Hashable {
        /// The UUID by which the API identifies it.
        public let id: String
        /// The name; several instances can have the same.
        public let name: String
        /// The status: `BUILD`, `ACTIVE`, `ERROR`, `SHUTOFF`, and others.
        public let status: String
        /// Nova's current work on the instance, such as `spawning`.
        public let task: String?
        /// The reason why the instance is in ERROR.
        public let fault: String?
        /// The compute host; nil until it is scheduled, and for users who may not see it.
        public let host: String?
        /// The identifier of the image; nil for an instance that boots from a volume.
        public let image: String?
        /// The key and value pairs that its creator gave it.
        public let metadata: [String: String]

        init?(_ value: Value) {
            guard let id = value["id"]?.string else { return nil }
            self.id = id
            name = value["name"]?.string ?? ""
            status = value["status"]?.string ?? ""
            task = value["OS-EXT-STS:task_state"]?.string
            fault = value["fault"]?["message"]?.string.map { text in
                // Nova's messages can end with a full stop and a space.
                String(text.reversed().drop { $0 == " " || $0 == "." }.reversed())
            }
            host = value["OS-EXT-SRV-ATTR:host"]?.string
            image = value["image"]?["id"]?.string
            var metadata: [String: String] = [:]
            for (key, item) in value["metadata"]?.map ?? ValueMap() { metadata[key] = item.string }
            self.metadata = metadata
        }
    }

    /// A size of instances.
    public struct Flavor: Sendable, Hashable {
        /// The identifier: any text for flavors of operators, otherwise a UUID.
        public let id: String
        /// The name, which no other flavor has.
        public let name: String
        /// The description; empty where it has none.
        public let description: String
        /// The memory in MiB.
        public let memory: Int
        /// The number of virtual processors.
        public let processors: Int
        /// The disk in GiB; zero means the image's own size.
        public let disk: Int
    }

    /// A public key for logins, which belongs to a user.
    public struct KeyPair: Sendable, Hashable {
        /// The name, by which the user's key pairs are identified.
        public let name: String
        /// The public key in OpenSSH's format.
        public let publicKey: String
    }

    /// A host that runs instances.
    public struct Hypervisor: Sendable, Hashable {
        /// The name of the host, by which instances name it too.
        public let host: String
        /// Whether its compute service is up and enabled.
        public let isUp: Bool
    }

    /// The request for a new instance.
    public struct NewServer: Sendable {
        /// The name; other instances can have the same.
        public var name: String
        /// The identifier of the image.
        public var image: String
        /// The identifier of the flavor.
        public var flavor: String
        /// The name of the key pair.
        public var keyPair: String
        /// The identifier of its port in Neutron.
        public var port: String
        /// The key and value pairs that the instance keeps.
        public var metadata: [String: String]

        /// Describes an instance.
        public init(
            name: String, image: String, flavor: String, keyPair: String, port: String, metadata: [String: String]
        ) {
            self.name = name
            self.image = image
            self.flavor = flavor
            self.keyPair = keyPair
            self.port = port
            self.metadata = metadata
        }
    }

    private let service: Service

    /// Finds the service in the session's catalogue.
    ///
    /// - Throws: `Problems` if the region has no compute service.
    public init(_ keystone: Keystone, region: String) throws {
        var service = try Service("compute", version: "v2.1", region: region, keystone: keystone)
        service.headers = [("OpenStack-API-Version", "compute 2.55")]
        self.service = service
    }

    // MARK: Instances

    /// Lists the instances of the project.
    public func servers() async throws -> [Server] {
        try await service.list("/servers/detail", "servers").compactMap(Server.init)
    }

    /// Reads an instance; nil if there is none.
    public func server(_ id: String) async throws -> Server? {
        try await service.show("/servers/\(id.percentEncoded)", "server").flatMap(Server.init)
    }

    /// Requests an instance with a config drive and returns its identifier; Nova builds it afterwards.
    public func create(_ new: NewServer) async throws -> String {
        let metadata = new.metadata.sorted { $0.key < $1.key }.map { ($0.key, Value.string($0.value)) }
        let fields: Value = [
            "name": .string(new.name), "imageRef": .string(new.image), "flavorRef": .string(new.flavor),
            "key_name": .string(new.keyPair), "networks": [["port": .string(new.port)]], "config_drive": true,
            "metadata": .map(ValueMap(metadata)),
        ]
        return try await service.create("/servers", "server", fields)["id"]?.string ?? ""
    }

    /// Deletes an instance; a missing one is no error. Nova removes it afterwards.
    public func delete(server: String) async throws { try await service.delete("/servers/\(server.percentEncoded)") }

    /// Starts an instance that is shut off.
    public func start(_ server: String) async throws {
        try await service.send("POST", "/servers/\(server.percentEncoded)/action", .json(["os-start": nil]))
    }

    /// Reads the console output of an instance.
    public func console(of server: String) async throws -> String {
        let answer = try await service.send(
            "POST", "/servers/\(server.percentEncoded)/action", .json(["os-getConsoleOutput": [:]]))
        return answer.body["output"]?.string ?? ""
    }

    /// Lists the hosts that run instances.
    public func hypervisors() async throws -> [Hypervisor] {
        try await service.list("/os-hypervisors/detail", "hypervisors").map {
            Hypervisor(
                host: $0["service"]?["host"]?.string ?? "",
                isUp: $0["state"]?.string == "up" && $0["status"]?.string == "enabled")
        }
    }

    // MARK: Flavors and key pairs

    /// Lists all flavors, public or not.
    public func flavors() async throws -> [Flavor] {
        try await service.list("/flavors/detail?is_public=None", "flavors").compactMap { value in
            guard let id = value["id"]?.string else { return nil }
            return Flavor(
                id: id, name: value["name"]?.string ?? "", description: value["description"]?.string ?? "",
                memory: value["ram"]?.int ?? 0, processors: value["vcpus"]?.int ?? 0,
                disk: value["disk"]?.int ?? 0)
        }
    }

    /// Creates a flavor and returns its identifier.
    ///
    /// - Parameters:
    ///   - memory: the memory in MiB.
    ///   - disk: the disk in GiB; zero means the image's own size.
    public func createFlavor(
        name: String, memory: Int, processors: Int, disk: Int, description: String
    ) async throws -> String {
        let fields: Value = [
            "name": .string(name), "ram": .int(memory), "vcpus": .int(processors), "disk": .int(disk),
            "description": .string(description),
        ]
        return try await service.create("/flavors", "flavor", fields)["id"]?.string ?? ""
    }

    /// Deletes a flavor; a missing one is no error.
    public func delete(flavor: String) async throws { try await service.delete("/flavors/\(flavor.percentEncoded)") }

    /// Lists the user's key pairs.
    public func keyPairs() async throws -> [KeyPair] {
        try await service.list("/os-keypairs", "keypairs").compactMap { item in
            guard let value = item["keypair"], let name = value["name"]?.string else { return nil }
            return KeyPair(name: name, publicKey: value["public_key"]?.string ?? "")
        }
    }

    /// Imports a public key as a key pair of the user.
    public func createKeyPair(name: String, publicKey: String) async throws {
        let fields: Value = ["name": .string(name), "public_key": .string(publicKey), "type": "ssh"]
        _ = try await service.create("/os-keypairs", "keypair", fields)
    }

    /// Deletes a key pair of the user; a missing one is no error.
    public func delete(keyPair: String) async throws {
        try await service.delete("/os-keypairs/\(keyPair.percentEncoded)")
    }
}
