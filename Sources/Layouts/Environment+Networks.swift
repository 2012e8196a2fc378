import Recipes

extension Environment {
    /// All networks with their names on engines; the environment's own network is the first.
    package var namedNetworks: [(name: String, network: Network)] {
        let own = (name: Layout.networkName(environment: name), network: network)
        return [own]
            + furtherNetworks.map {
                (name: Layout.networkName(environment: name, further: $0.name), network: $0.network)
            }
    }
}
