import Model
import OpenStack

/// A cloud with the objects in it that the demo made, which it knows by their mark or from its memory.
///
/// Each object gets the mark in the request that makes it, so that an object made just before an interruption is found
/// again: a tag of images, an instance's metadata, a key pair's comment, and the description of everything else.
struct DemoCloud: Sendable {
    let glance: Glance
    let nova: Nova
    let neutron: Neutron
    let mark: String
    let memory: any DemoMemory

    static let markKey = Labels.prefix + "demo"

    init(_ keystone: Keystone, region: String, environment: String, memory: any DemoMemory) throws {
        glance = try Glance(keystone, region: region)
        nova = try Nova(keystone, region: region)
        neutron = try Neutron(keystone, region: region)
        mark = "\(Self.markKey)=\(environment)"
        self.memory = memory
    }

    func isMarked(_ server: Nova.Server) -> Bool {
        server.metadata[Self.markKey].map { "\(Self.markKey)=\($0)" } == mark
    }

    func isMarked(_ key: Nova.KeyPair) -> Bool { key.publicKey.split(separator: " ").last.map(String.init) == mark }

    /// Everything that the demo made and that is still there, in the order in which it is made.
    func objects() async throws -> [DemoObject] {
        let remembered = try await memory.rememberedObjects()
        var found: [DemoObject] = []
        for kind in DemoObject.Kind.allCases {
            let known = Set(remembered.filter { $0.kind == kind }.map(\.id))
            found += try await objects(kind, known: known)
        }
        return found
    }

    private func objects(_ kind: DemoObject.Kind, known: Set<String>) async throws -> [DemoObject] {
        func object(_ id: String, _ name: String) -> DemoObject { DemoObject(kind: kind, id: id, name: name) }
        switch kind {
        case .image:
            var images = try await glance.images(tag: mark)
            for id in known.subtracting(images.map(\.id)).sorted() {
                if let image = try await glance.image(id) { images.append(image) }
            }
            return images.map { object($0.id, $0.name) }
        case .flavor:
            return try await nova.flavors().filter { $0.description == mark || known.contains($0.id) }
                .map { object($0.id, $0.name) }
        case .keyPair:
            // A key pair's id is its name, which somebody else's may have as well, so only the mark counts.
            return try await nova.keyPairs().filter(isMarked).map { object($0.name, $0.name) }
        case .instance:
            return try await nova.servers().filter { isMarked($0) || known.contains($0.id) }
                .map { object($0.id, $0.name) }
        case .securityGroup, .network, .subnet, .router, .port, .floatingIP:
            guard let path = kind.neutron else { return [] }
            return try await neutron.list(path).filter { $0.description == mark || known.contains($0.id) }
                .map { object($0.id, $0.name.isEmpty ? $0.fields["floating_ip_address"]?.string ?? $0.id : $0.name) }
        }
    }

    /// Whether the demo made an object of Neutron.
    func isOurs(_ object: Neutron.Object, _ kind: DemoObject.Kind) async throws -> Bool {
        if object.description == mark { return true }
        return try await memory.rememberedObjects().contains { $0.kind == kind && $0.id == object.id }
    }

    func delete(_ object: DemoObject) async throws {
        switch object.kind {
        case .image: try await glance.delete(object.id)
        case .flavor: try await nova.delete(flavor: object.id)
        case .keyPair: try await nova.delete(keyPair: object.id)
        case .instance: try await nova.delete(server: object.id)
        case .securityGroup, .network, .subnet, .router, .port, .floatingIP:
            if let path = object.kind.neutron { try await neutron.delete(path, object.id) }
        }
    }
}

extension DemoObject.Kind {
    /// Neutron's kind; nil for objects of other services.
    var neutron: Neutron.Kind? {
        switch self {
        case .securityGroup: .securityGroup
        case .network: .network
        case .subnet: .subnet
        case .router: .router
        case .port: .port
        case .floatingIP: .floatingIP
        case .image, .flavor, .keyPair, .instance: nil
        }
    }
}
