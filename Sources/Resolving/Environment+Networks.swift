import Recipes

extension Environment {
    /// All networks with their names on engines; the environment's own network is the first.
    public var namedNetworks: [(name: String, network: Network)] {
        let own = (name: Resolver.networkName(environment: name), network: network)
        return [own]
            + furtherNetworks.map {
                (name: Resolver.networkName(environment: name, further: $0.name), network: $0.network)
            }
    }
}
