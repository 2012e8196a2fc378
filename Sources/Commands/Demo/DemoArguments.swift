import CommandLine
import Demo
import Model
import Recipes

extension ParsedArguments {
    /// The demo's wishes, from the options and the environment. Throws `Problems` with every mistake in them at once.
    func demoWishes(environment: Environment, image: DemoImage, publicKey: String) throws -> DemoWishes {
        var wishes = DemoWishes(image: image, publicKey: publicKey)
        var problems: [Problem] = []
        func network(_ option: String) -> IPv4Network? {
            guard let text = string(option) else { return nil }
            if let network = IPv4Network(text: text) { return network }
            problems.append(Problem("--\(option) expects a network such as 198.18.18.0/24, not '\(text)'"))
            return nil
        }
        wishes.user = required("user")
        wishes.memory = max(64, (size("memory")?.bytes ?? 0) >> 20)
        wishes.subnet = network("subnet") ?? wishes.subnet
        wishes.external = environment.demoExternal
        wishes.external.physicalNetwork = required("physical-network")
        if let subnet = network("external-subnet") {
            wishes.external.subnet = subnet
            wishes.external.gateway = nil
        }
        if let text = string("external-gateway") {
            wishes.external.gateway = IPv4Address(text: text)
            if wishes.external.gateway == nil {
                problems.append(Problem("--external-gateway expects an address such as 198.18.18.1, not '\(text)'"))
            }
        }
        if let text = string("external-pool") {
            let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { IPv4Address(text: $0) }
            if ends.count == 2, let first = ends[0], let last = ends[1], first <= last {
                wishes.external.pool = first...last
            } else {
                problems.append(
                    Problem("--external-pool expects two addresses such as 198.18.18.200-198.18.18.250, not '\(text)'"))
            }
        }
        if let subnet = wishes.external.subnet {
            if subnet.overlaps(wishes.subnet) {
                problems.append(
                    Problem(
                        "the instance's network \(wishes.subnet) overlaps the external \(subnet)",
                        remedy: "name another one by --subnet"))
            }
            let pool = wishes.external.pool(of: subnet)
            for address in [pool.lowerBound, pool.upperBound] where !subnet.contains(address) {
                problems.append(Problem("\(address) is no address of the external network \(subnet)"))
            }
        }
        if !problems.isEmpty { throw Problems(problems) }
        return wishes
    }
}
