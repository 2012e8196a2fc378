import Model

extension Environment.Network {
    /// The addresses that a host's engine gives to short-lived containers: the upper quarter of the network, or that
    /// host's part of it. The index is that among the reachable hosts.
    public func range(ofHost index: Int, in environment: Environment) -> IPv4Network {
        if !environment.spansHosts { return subnet.shortLived }
        // There are four parts at least, so that a few hosts can be added without new networks.
        return subnet.shortLived.part(index, of: max(4, environment.reachableHosts.count))
    }

    /// The address of a host on the network: the gateway of its containers.
    public func gateway(ofHost index: Int, in environment: Environment) -> IPv4Address {
        index == 0 ? gateway ?? subnet.firstHost : range(ofHost: index, in: environment).firstHost
    }
}

extension Environment {
    /// The index of a reachable host, where this host has the first.
    public func index(ofHost name: String) -> Int? {
        if name == localHost { return 0 }
        return reachableHosts.filter { $0.name != localHost }.firstIndex { $0.name == name }.map { $0 + 1 }
    }
}
