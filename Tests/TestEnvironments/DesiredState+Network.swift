import Model

extension DesiredState {
    /// A state without members, with the network 198.18.0.0/24 of the one host `local`.
    ///
    /// - Parameter network: the network's name; nil for the environment's.
    package static func withNetwork(environment: String = "test", network: String? = nil) -> DesiredState {
        let subnet = IPv4Network(address: IPv4Address(198, 18, 0, 0), prefix: 24)
        let specification = NetworkSpecification(
            name: network ?? environment, subnet: subnet, gateway: subnet.firstHost)
        return DesiredState(environment: environment, networks: ["local": [specification]])
    }
}
