import Model
import Recipes

extension ResolvedEnvironment {
    /// The identity environment with a second host, and with the second Glance on it.
    package static func onTwoHosts(_ change: (inout Environment) -> Void = { _ in }) throws -> ResolvedEnvironment {
        try ResolvedEnvironment { environment in
            var local = Environment.Host(name: Environment.here)
            local.address = IPv4Address(192, 0, 2, 1)
            var second = Environment.Host(name: "second")
            second.address = IPv4Address(192, 0, 2, 2)
            let place = Place(file: "test", line: 1, column: 1)
            second.engine = .init(
                address: "tcp://192.0.2.2:2376", authority: "a", certificate: "b", key: "c", place: place)
            environment.hosts = [second, local]
            environment.network.mtu = 1450
            for index in environment.services.indices { environment.services[index].host = Environment.here }
            environment.services.append(ServiceDeclaration(name: "host-link", place: place))
            let glance = environment.services.firstIndex { $0.name == "glance-api" } ?? 0
            environment.services[glance].replicas = nil
            environment.services[glance].members = [Environment.here, "second"].enumerated().map { number, host in
                var member = MemberDeclaration(name: "glance-api\(number + 1)", place: place)
                member.host = host
                return member
            }
            change(&environment)
        }
    }
}
