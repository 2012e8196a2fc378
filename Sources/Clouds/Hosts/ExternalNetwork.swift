import Model

/// A further network of an environment as this host sees it: its bridge, interfaces and containers.
package struct ExternalNetwork: Sendable {
    package let name: String
    package let bridge: String
    package let subnet: String
    package let gateway: String
    /// The interfaces of this host that are on the bridge.
    package let interfaces: [String]
    /// The containers on the network, with their addresses.
    package let pods: [(name: String, address: String)]
}

/// The changes to the interfaces that are on a network's bridge, made in this order.
package struct InterfaceChanges: Sendable {
    /// The interface to take off, or to remove where it was made.
    package var detached: String?
    package var attached: String?
    /// The interface to make, whose other end is on the bridge.
    package var made: String?

    package init(detached: String? = nil, attached: String? = nil, made: String? = nil) {
        self.detached = detached
        self.attached = attached
        self.made = made
    }
}

extension Session {
    /// Changes the interfaces of this host that are on a further network, and returns the network. It can be repeated.
    ///
    /// - Parameter command: the command's name, which tells other runs who has the lock.
    /// - Throws: `Problems` where there is no such network, or an interface cannot be put there.
    package func connect(
        _ changes: InterfaceChanges, to network: String, for command: String
    ) async throws -> ExternalNetwork {
        let lock = try await lock(for: command)
        defer { lock.release() }
        let bridge = try await ExternalBridge(session: self, name: network)
        if let interface = changes.detached { try await bridge.detach(interface) }
        if let interface = changes.attached { try await bridge.attach(interface) }
        if let interface = changes.made { try await bridge.make(interface) }
        return try await bridge.look()
    }
}

extension ExternalBridge {
    fileprivate func look() async throws -> ExternalNetwork {
        // The interfaces of containers are left to the engine.
        let attached = try await HostInterface.all().filter { $0.master == bridge && !$0.isPeer }.map(\.name)
        let fresh = try await engine.inspectNetwork(network.id)
        return ExternalNetwork(
            name: name, bridge: bridge, subnet: network.subnets.first?.subnet ?? "",
            gateway: network.subnets.first?.gateway ?? "", interfaces: attached.sorted(),
            pods: fresh.containers.values.map { ($0.name, $0.address) }.sorted { $0.0 < $1.0 })
    }
}
