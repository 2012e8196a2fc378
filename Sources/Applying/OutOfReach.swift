import Model
import System

/// The error that this program cannot reach an engine's containers.
public struct OutOfReach: Error, CustomStringConvertible {
    /// The engine's address on the network.
    let gateway: String

    /// Creates an error; `gateway` is the address of the engine on its network, which no interface of this host has.
    public init(gateway: String) { self.gateway = gateway }

    /// The error as a problem, with its remedy.
    public var problem: Problem {
        Problem(
            "the engine's containers are out of reach from here: its network has the gateway \(gateway), which no "
                + "interface of this host has",
            remedy: "run minke where the engine has its networks; one that is rootless, or in a virtual machine, has "
                + "them there and not on this host")
    }

    /// The problem's text.
    public var description: String { "\(problem)" }

    /// Throws `OutOfReach` where no interface of this host has the address of the gateway, which the engine gives to
    /// its bridge.
    static func check(gateway: IPv4Address) throws {
        guard try interfaceAddresses().contains(where: { $0.address == gateway }) else {
            throw OutOfReach(gateway: gateway.description)
        }
    }
}
