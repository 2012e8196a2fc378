import Clouds
import CommandLine
import Model

extension CommandDefinition {
    static let externalNet = CommandDefinition(
        "external-net",
        summary: "Connect the cloud's external network with an interface of this host",
        discussion: """
            Pods that are on a further network of the environment meet this host on a bridge of the engine, over which \
            the host reaches floating addresses. With --interface, a network interface of this host is put on that \
            bridge as well, so that hosts behind it are reached too. The interface must have no address of its own. \
            With --make, a new interface of this host has its other end there, for a network namespace or a program \
            of yours. All of it can be repeated, and it is remembered: where an interface is not on its bridge any more, as \
            after a restart of this host, `plan` and `status` say so and `up` puts it back. `down` gives interfaces back \
            as they were, and removes those it made.
            """,
        examples: [
            ("minke external-net", "see the interfaces and containers on the external network"),
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
        let changes = InterfaceChanges(
            detached: arguments.string("detach"), attached: arguments.string("interface"),
            made: arguments.string("make"))
        let network = try await Session(arguments).connect(
            changes, to: arguments.required("network"), for: arguments.command)
        arguments.show(ExternalNetReport(network: network))
        return .done
    }
}

/// A report of the interfaces and containers on an external network.
struct ExternalNetReport: Report {
    let network: ExternalNetwork

    var value: Value {
        [
            "network": .string(network.name), "bridge": .string(network.bridge), "subnet": .string(network.subnet),
            "gateway": .string(network.gateway), "interfaces": .list(network.interfaces.map(Value.string)),
            "pods": .list(network.pods.map { ["container": .string($0.name), "address": .string($0.address)] }),
        ]
    }

    func text(_ style: Style) -> String {
        var lines = [
            "network \(network.name), \(network.subnet), is bridge \(network.bridge) of this host, which is \(network.gateway) there"
        ]
        lines += network.interfaces.map { "interface \($0) is on it" }
        lines += network.pods.map { "container \($0.name) is on it as \($0.address)" }
        if network.interfaces.isEmpty { lines.append("no interface of this host is on it") }
        return lines.joined(separator: "\n")
    }
}
