import Clouds
import CommandLine
import DockerEngine
import Model
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

extension ExternalBridge {
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
