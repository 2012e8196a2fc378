import Applying
import Layouts
import Model

/// The interfaces that were put on further networks, below `attached-interfaces/<name>`, with the networks' names.
extension EnvironmentState {
    /// The network of each interface that was put on one.
    package func attachedInterfaces() throws -> [String: String] {
        let entries = try entries(below: StateKeys.attachedInterfaces).compactMap { key, value in
            value.string.map { (key, $0) }
        }
        return Dictionary(entries, uniquingKeysWith: { first, _ in first })
    }

    package func noteAttached(_ interface: String, network: String) throws {
        if try attachedInterfaces()[interface] == network { return }
        try put(StateKeys.attachedInterfaces[interface], network)
    }

    package func forgetAttached(_ interfaces: [String]) throws {
        try commit(interfaces.map { .delete(key: prefix + StateKeys.attachedInterfaces[$0]) })
    }
}

/// An interface that was put on a further network and is no longer on it.
package struct DetachedInterface: Sendable, Hashable {
    package let interface: String
    package let network: String
    /// Whether this host has the interface, or can make it again.
    package let isThere: Bool
}

extension Session {
    /// The interfaces that are no longer on their networks.
    package func detachedInterfaces(_ observed: Observation) async throws -> [DetachedInterface] {
        let attached = try state.attachedInterfaces()
        guard !attached.isEmpty, engine.address.isLocal else { return [] }
        let known = Set(environment.furtherNetworks.map(\.name))
        let links = try await HostInterface.all()
        return try attached.sorted { $0.key < $1.key }.compactMap { interface, network in
            guard known.contains(network) else { return nil }
            let name = Layout.networkName(environment: environment.name, further: network)
            let bridge = observed.own.furtherNetworks[name].map { "br-\($0.id.prefix(12))" }
            let isMade = try state.isMade(interface)
            let link = isMade ? try MadePair.otherEnd(of: interface) : interface
            let found = links.first { $0.name == link }
            if let found, let bridge, found.master == bridge { return nil }
            return DetachedInterface(interface: interface, network: network, isThere: isMade || found != nil)
        }
    }
}

extension DetachedInterface {
    /// The problem in words, with its remedy.
    package var words: String {
        isThere
            ? "\(interface): it is not on network \(network) any more; `minke up` puts it there"
            : "\(interface): this host has no such interface any more; it was on network \(network), and "
                + "`minke external-net --network \(network) --detach \(interface)` forgets it"
    }
}

extension Session: Attacher {
    package func attach(_ interface: String, to network: String) async throws {
        let bridge = try await ExternalBridge(session: self, name: network)
        if try state.isMade(interface) { try await bridge.make(interface) } else { try await bridge.attach(interface) }
    }
}
