import Model
import System

/// A network interface of this host, as `ip` shows it.
struct HostInterface: Sendable {
    let name: String
    let master: String?
    let isUp: Bool
    let isBridge: Bool
    /// Whether its other end is in another network namespace.
    let isPeer: Bool

    static func all() async throws -> [HostInterface] {
        let value = try JSON.parse(try await ip("-json", "-details", "link", "show").output)
        return (value.list ?? []).compactMap { link in
            guard let name = link["ifname"]?.string else { return nil }
            let kind = link["linkinfo"]?["info_kind"]?.string
            return HostInterface(
                name: name, master: link["master"]?.string, isUp: link["flags"]?.list?.contains("UP") ?? false,
                isBridge: kind == "bridge", isPeer: kind == "veth" && link["link_netnsid"] != nil)
        }
    }

    /// Runs `ip link set NAME WORDS`.
    static func change(_ name: String, _ words: String...) async throws {
        try await ip(["link", "set", name] + words)
    }

    private static func ip(_ words: String...) async throws -> SubprocessResult { try await ip(words) }

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
    private static let woken = "woken-interfaces/"

    /// Writes down that an interface was down before the environment had it.
    func noteWoken(_ interface: String) throws { try put(Self.woken + interface, true) }

    /// Takes interfaces down again that were so before the environment had them, and that are on no bridge any more.
    func giveBack(_ isMeant: (String) -> Bool = { _ in true }) async throws {
        let woken = try entries(below: Self.woken).map(\.key).filter(isMeant)
        if woken.isEmpty { return }
        let links = try await HostInterface.all()
        for name in woken {
            let link = links.first { $0.name == name }
            if let link, link.master != nil { continue }
            if link?.isUp == true { try await HostInterface.change(name, "down") }
            try store.delete(prefix + Self.woken + name)
        }
    }
}
