import DockerEngine
import Layouts
import Model

/// The engine's bridge of a further network, on this host.
package struct ExternalBridge {
    package let engine: Engine
    package let state: EnvironmentState
    package let name: String
    package let network: Network

    package init(session: Session, name: String) async throws {
        let known = session.environment.furtherNetworks.map(\.name)
        guard known.contains(name) else {
            throw Problems(
                "environment \(session.environment.name) has no network \(name)",
                remedy: Remedy.meant(by: name, among: known)
                    ?? "add it: `networks: {\(name): {subnet: A.B.C.D/N}}`")
        }
        guard session.engine.address.isLocal else {
            throw Problems(
                "the engine at \(session.engine.address) is on another host, whose interfaces are not reached from here",
                remedy: "run it there")
        }
        engine = session.engine
        state = session.state
        self.name = name
        do {
            network = try await engine.inspectNetwork(
                Layout.networkName(environment: session.environment.name, further: name))
        } catch let error as EngineError where error.isNotFound {
            throw Problems("\(session.environment.name) is not up", remedy: "run `minke up` first")
        }
    }

    /// The bridge's name on the host, as the engine's bridge driver gives it.
    package var bridge: String {
        network.options["com.docker.network.bridge.name"] ?? "br-\(network.id.prefix(12))"
    }

    package func attach(_ interface: String) async throws {
        let links = try await HostInterface.all()
        guard let link = links.first(where: { $0.name == interface }) else {
            let names = links.filter { $0.name != "lo" && $0.name != bridge }.map(\.name)
            throw Problems(
                "this host has no interface \(interface)",
                remedy: Remedy.meant(by: interface, among: names)
                    ?? "it has \(names.sorted().joined(separator: ", "))")
        }
        if link.master == bridge { return try await state.noteAttached(interface, network: name) }
        if let master = link.master {
            throw Problems("\(interface) is on \(master) already", remedy: "take it off there, or name another")
        }
        if interface == "lo" || link.isBridge {
            throw Problems("\(interface) cannot be put on a bridge", remedy: "name a network interface")
        }
        if let own = link.addresses.first {
            throw Problems(
                "\(interface) has the address \(own), which would no longer be reached",
                remedy: "remove it with `ip address flush dev \(interface)`, or name another interface")
        }
        // Noted before the change, so that the change of an interrupted run is undone too.
        if !link.isUp { try await state.noteWoken(interface) }
        try await state.noteAttached(interface, network: name)
        try await HostInterface.change(interface, "master", bridge)
        try await HostInterface.change(interface, "up")
    }

    /// Makes a pair of interfaces, one end of which is on the bridge.
    package func make(_ interface: String) async throws {
        let other = try MadePair.otherEnd(of: interface)
        let links = try await HostInterface.all()
        let isMade = try await state.madeInterfaces().contains(interface) && links.contains { $0.name == other }
        if !isMade {
            if let taken = links.first(where: { [interface, other].contains($0.name) }) {
                throw Problems("this host has an interface \(taken.name) already", remedy: "give another name")
            }
            // Noted before the pair is made, so that the pair of an interrupted run is removed too.
            try await state.noteMade(interface)
            try await HostInterface.makePair(interface, other)
        }
        try await state.noteAttached(interface, network: name)
        // The interface may be in another network namespace by now.
        let isHere = !isMade || links.contains { $0.name == interface }
        if isHere { try await HostInterface.change(interface, "up") }
        try await HostInterface.change(other, "master", bridge)
        try await HostInterface.change(other, "up")
    }

    package func detach(_ interface: String) async throws {
        if try await state.madeInterfaces().contains(interface) { return try await state.giveBack { $0 == interface } }
        guard try await HostInterface.all().contains(where: { $0.name == interface && $0.master == bridge }) else {
            // After a restart of the host the interface may be gone, or be used for something else.
            if try await state.attachedInterfaces()[interface] == name {
                return try await state.forgetAttached([interface])
            }
            throw Problems("\(interface) is not on \(bridge)", remedy: "`minke external-net` shows what is")
        }
        try await HostInterface.change(interface, "nomaster")
        try await state.giveBack { $0 == interface }
    }
}
