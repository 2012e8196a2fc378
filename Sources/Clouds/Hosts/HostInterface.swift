import Model
import System

/// A network interface of this host, as `ip` shows it.
package struct HostInterface: Sendable {
    package let name: String
    package let master: String?
    package let isUp: Bool
    package let isBridge: Bool
    /// Whether its other end is in another network namespace.
    package let isPeer: Bool
    /// The addresses, without IPv6 link-local ones, which the kernel gives every interface.
    package let addresses: [String]

    package static func all() async throws -> [HostInterface] {
        let value = try JSON.parse(try await ip(["-json", "-details", "address", "show"]).output)
        return (value.list ?? []).compactMap { link in
            guard let name = link["ifname"]?.string else { return nil }
            let kind = link["linkinfo"]?["info_kind"]?.string
            return HostInterface(
                name: name, master: link["master"]?.string, isUp: link["flags"]?.list?.contains("UP") ?? false,
                isBridge: kind == "bridge", isPeer: kind == "veth" && link["link_netnsid"] != nil,
                addresses: (link["addr_info"]?.list ?? []).compactMap { address in
                    address["scope"]?.string == "link" && address["family"]?.string == "inet6"
                        ? nil : address["local"]?.string
                })
        }
    }

    /// Runs `ip link set NAME WORDS`.
    package static func change(_ name: String, _ words: String...) async throws {
        try await ip(["link", "set", name] + words)
    }

    /// Makes a pair of virtual Ethernet interfaces.
    package static func makePair(_ name: String, _ other: String) async throws {
        try await ip(["link", "add", name, "type", "veth", "peer", "name", other])
    }

    /// Removes an interface, and with it the other end of its pair.
    package static func remove(_ name: String) async throws { try await ip(["link", "delete", name]) }

    @discardableResult
    private static func ip(_ words: [String]) async throws -> SubprocessResult {
        do {
            return try await Subprocess("ip", words, timeLimit: .seconds(10)).run().checked()
        } catch let error as SystemError {
            throw Problems("the program ip cannot be run: \(error)", remedy: "install iproute2")
        }
    }
}

extension EnvironmentState {
    /// Notes that an interface was down before the environment had it.
    package func noteWoken(_ interface: String) throws { try put(StateKeys.wokenInterfaces[interface], true) }

    /// Notes that a pair of interfaces is the environment's own.
    package func noteMade(_ interface: String) throws { try put(StateKeys.madeInterfaces[interface], true) }

    package func isMade(_ interface: String) throws -> Bool {
        try entries(below: StateKeys.madeInterfaces).contains { $0.key == interface }
    }

    /// Takes down the interfaces that were down before the environment had them and that are on no bridge any more, and
    /// removes those that it made.
    package func giveBack(_ isMeant: (String) -> Bool = { _ in true }) async throws {
        let made = try entries(below: StateKeys.madeInterfaces).map(\.key).filter(isMeant)
        let woken = try entries(below: StateKeys.wokenInterfaces).map(\.key).filter(isMeant)
        try forgetAttached(try attachedInterfaces().keys.filter(isMeant))
        if made.isEmpty, woken.isEmpty { return }
        let links = try await HostInterface.all()
        for name in made {
            let other = try MadePair.otherEnd(of: name)
            if links.contains(where: { $0.name == other }) { try await HostInterface.remove(other) }
            try store.delete(prefix + StateKeys.madeInterfaces[name])
        }
        for name in woken {
            let link = links.first { $0.name == name }
            if let link, link.master != nil { continue }
            if link?.isUp == true { try await HostInterface.change(name, "down") }
            try store.delete(prefix + StateKeys.wokenInterfaces[name])
        }
    }
}

/// The interface that `external-net --make` makes, and its other end, which is on a bridge.
package enum MadePair {
    /// The length, in bytes, of the longest name that the kernel takes.
    private static let longest = 15

    package static func otherEnd(of name: String) throws -> String {
        let other = name + "-b"
        guard other.utf8.count <= longest, name.wholeMatch(of: #/[a-z][a-z0-9_.]*/#) != nil else {
            throw Problems(
                "an interface cannot be called '\(name)'",
                remedy: "give a name of at most \(longest - 2) small letters, digits, `_` and `.`")
        }
        return other
    }
}
