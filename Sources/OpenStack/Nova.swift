import Model

/// A client for the instances of a cloud (Compute API v2.1, microversion 2.55).
public struct Nova: Sendable {
    public struct Server: Sendable, Hashable {
        public let id: String
        public let name: String
        /// One of `BUILD`, `ACTIVE`, `ERROR`, `SHUTOFF`, and others.
        public let status: String
        /// Nova's current work on the instance, such as `spawning`.
        public let task: String?
        /// The reason for which the instance is in ERROR.
        public let fault: String?
        public let host: String?
        public let image: String?
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

    public struct Flavor: Sendable, Hashable {
        public let id: String
        public let name: String
        public let description: String
        public let memory: Int
        public let processors: Int
        public let disk: Int
    }

    public struct KeyPair: Sendable, Hashable {
        public let name: String
        public let publicKey: String
    }

    /// A host that runs instances.
    public struct Hypervisor: Sendable, Hashable {
        public let host: String
        public let isUp: Bool
    }

    /// The request for a new instance.
    public struct NewServer: Sendable {
        public var name: String
        public var image: String
        public var flavor: String
        public var keyPair: String
        public var port: String
        public var metadata: [String: String]

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

    public func server(_ id: String) async throws -> Server? {
        try await service.show("/servers/\(id.percentEncoded)", "server").flatMap(Server.init)
    }

    /// Asks for an instance with a config drive and gives its id; Nova makes the instance after that.
    public func create(_ new: NewServer) async throws -> String {
        let metadata = new.metadata.sorted { $0.key < $1.key }.map { ($0.key, Value.string($0.value)) }
        let fields: Value = [
            "name": .string(new.name), "imageRef": .string(new.image), "flavorRef": .string(new.flavor),
            "key_name": .string(new.keyPair), "networks": [["port": .string(new.port)]], "config_drive": true,
            "metadata": .map(ValueMap(metadata)),
        ]
        return try await service.create("/servers", "server", fields)["id"]?.string ?? ""
    }

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

    public func hypervisors() async throws -> [Hypervisor] {
        try await service.list("/os-hypervisors/detail", "hypervisors").map {
            Hypervisor(
                host: $0["service"]?["host"]?.string ?? "",
                isUp: $0["state"]?.string == "up" && $0["status"]?.string == "enabled")
        }
    }

    // MARK: Flavors and key pairs

    public func flavors() async throws -> [Flavor] {
        try await service.list("/flavors/detail?is_public=None", "flavors").compactMap { value in
            guard let id = value["id"]?.string else { return nil }
            return Flavor(
                id: id, name: value["name"]?.string ?? "", description: value["description"]?.string ?? "",
                memory: value["ram"]?.int ?? 0, processors: value["vcpus"]?.int ?? 0,
                disk: value["disk"]?.int ?? 0)
        }
    }

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

    public func delete(flavor: String) async throws { try await service.delete("/flavors/\(flavor.percentEncoded)") }

    public func keyPairs() async throws -> [KeyPair] {
        try await service.list("/os-keypairs", "keypairs").compactMap { item in
            guard let value = item["keypair"], let name = value["name"]?.string else { return nil }
            return KeyPair(name: name, publicKey: value["public_key"]?.string ?? "")
        }
    }

    public func createKeyPair(name: String, publicKey: String) async throws {
        let fields: Value = ["name": .string(name), "public_key": .string(publicKey), "type": "ssh"]
        _ = try await service.create("/os-keypairs", "keypair", fields)
    }

    public func delete(keyPair: String) async throws {
        try await service.delete("/os-keypairs/\(keyPair.percentEncoded)")
    }
}
