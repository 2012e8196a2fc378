import CommandLine
import DockerEngine
import Model
import Resolving
import System

extension CommandDefinition {
    static let externalNet = CommandDefinition(
        "external-net",
        summary: "Connect the cloud's external network with an interface of this host",
        discussion: """
            Pods that are on a further network of the environment meet this host on a bridge of the engine, over which \
            the host reaches floating addresses. With --interface, a network interface of this host is put on that \
            bridge as well, so that what is behind it is reached too. The interface must have no address of its own. \
            With --make, a new interface of this host has its other end there, for a network namespace or a program \
            of yours. All of it can be repeated, and it is remembered: where an interface is not on its bridge any more, as \
            after a restart of this host, `plan` and `status` say so and `up` puts it back. `down` gives interfaces back \
            as they were, and removes those it made.
            """,
        examples: [
            ("minke external-net", "see who is on the external network"),
            ("minke external-net --interface eth1", "put eth1 on it"),
            ("minke external-net --detach eth1", "give eth1 back"),
            ("minke external-net --make outside", "make an interface whose other end is on it"),
        ],
        options: [
            .value("interface", "NAME", summary: "an interface of this host to put on the network's bridge"),
            .value("make", "NAME", summary: "an interface to make, one end of a pair whose other end is on the bridge"),
            .value("detach", "NAME", summary: "an interface to take off the bridge, or to remove where it was made so"),
            .value("network", "NAME", default: "external", summary: "which of the environment's `networks`"),
        ],
        isResumable: true
    ) { arguments in
        let session = try Session(arguments)
        let lock = try await session.lock(for: arguments.command)
        defer { lock.release() }
        let name = arguments.required("network")
        let bridge = try await ExternalBridge(session: session, name: name)
        if let interface = arguments.string("detach") { try await bridge.detach(interface) }
        if let interface = arguments.string("interface") { try await bridge.attach(interface) }
        if let interface = arguments.string("make") { try await bridge.make(interface) }
        arguments.show(try await bridge.report())
        return .done
    }
}

/// The engine's bridge of a further network, on this host.
struct ExternalBridge {
    let engine: Engine
    let state: EnvironmentState
    let name: String
    let network: Network

    init(session: Session, name: String) async throws {
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
                Resolver.networkName(environment: session.environment.name, further: name))
        } catch let error as EngineError where error.isNotFound {
            throw Problems("\(session.environment.name) is not up", remedy: "run `minke up` first")
        }
    }

    /// The bridge's name on the host, as the engine's bridge driver gives it.
    var bridge: String {
        network.options["com.docker.network.bridge.name"] ?? "br-\(network.id.prefix(12))"
    }

    func attach(_ interface: String) async throws {
        let links = try await HostInterface.all()
        guard let link = links.first(where: { $0.name == interface }) else {
            let names = links.filter { $0.name != "lo" && $0.name != bridge }.map(\.name)
            throw Problems(
                "this host has no interface \(interface)",
                remedy: Remedy.meant(by: interface, among: names)
                    ?? "it has \(names.sorted().joined(separator: ", "))")
        }
        if link.master == bridge { return try state.noteAttached(interface, network: name) }
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
        if !link.isUp { try state.noteWoken(interface) }
        try state.noteAttached(interface, network: name)
        try await HostInterface.change(interface, "master", bridge)
        try await HostInterface.change(interface, "up")
    }

    /// Makes a pair of interfaces, one end of which is on the bridge.
    func make(_ interface: String) async throws {
        let other = try MadePair.otherEnd(of: interface)
        let links = try await HostInterface.all()
        let isMade = try state.isMade(interface) && links.contains { $0.name == other }
        if !isMade {
            if let taken = links.first(where: { [interface, other].contains($0.name) }) {
                throw Problems("this host has an interface \(taken.name) already", remedy: "give another name")
            }
            // Noted before the pair is made, so that the pair of an interrupted run is removed too.
            try state.noteMade(interface)
            try await HostInterface.makePair(interface, other)
        }
        try state.noteAttached(interface, network: name)
        // The interface may be in another network namespace by now.
        let isHere = !isMade || links.contains { $0.name == interface }
        if isHere { try await HostInterface.change(interface, "up") }
        try await HostInterface.change(other, "master", bridge)
        try await HostInterface.change(other, "up")
    }

    func detach(_ interface: String) async throws {
        if try state.isMade(interface) { return try await state.giveBack { $0 == interface } }
        guard try await HostInterface.all().contains(where: { $0.name == interface && $0.master == bridge }) else {
            // After a restart of the host the interface may be gone, or be used for something else.
            if try state.attachedInterfaces()[interface] == name { return try state.forgetAttached([interface]) }
            throw Problems("\(interface) is not on \(bridge)", remedy: "`minke external-net` shows what is")
        }
        try await HostInterface.change(interface, "nomaster")
        try await state.giveBack { $0 == interface }
    }

    func report() async throws -> ExternalNetReport {
        // The interfaces of containers are left to the engine.
        let attached = try await HostInterface.all().filter { $0.master == bridge && !$0.isPeer }.map(\.name)
        let fresh = try await engine.inspectNetwork(network.id)
        return ExternalNetReport(
            name: name, bridge: bridge, subnet: network.subnets.first?.subnet ?? "",
            gateway: network.subnets.first?.gateway ?? "", interfaces: attached.sorted(),
            pods: fresh.containers.values.map { ($0.name, $0.address) }.sorted { $0.0 < $1.0 })
    }
}

/// A report of the interfaces and containers on an external network.
struct ExternalNetReport: Report {
    let name: String
    let bridge: String
    let subnet: String
    let gateway: String
    let interfaces: [String]
    let pods: [(name: String, address: String)]

    var value: Value {
        [
            "network": .string(name), "bridge": .string(bridge), "subnet": .string(subnet),
            "gateway": .string(gateway), "interfaces": .list(interfaces.map(Value.string)),
            "pods": .list(pods.map { ["container": .string($0.name), "address": .string($0.address)] }),
        ]
    }

    func text(_ style: Style) -> String {
        var lines = ["network \(name), \(subnet), is bridge \(bridge) of this host, which is \(gateway) there"]
        lines += interfaces.map { "interface \($0) is on it" }
        lines += pods.map { "container \($0.name) is on it as \($0.address)" }
        if interfaces.isEmpty { lines.append("no interface of this host is on it") }
        return lines.joined(separator: "\n")
    }
}
