import Model

extension DesiredState {
    /// A state without members, with one network of the one host.
    static var withNetwork: DesiredState {
        DesiredState(
            environment: "test",
            networks: [
                "local": [
                    NetworkSpecification(
                        name: "minke-test", subnet: IPv4Network(address: IPv4Address(198, 18, 0, 0), prefix: 24),
                        gateway: IPv4Address(198, 18, 0, 1))
                ]
            ])
    }
}
