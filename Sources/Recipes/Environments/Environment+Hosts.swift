import Model

extension Environment.Network {
    /// What the engine of a host, by its index among the reachable ones, addresses short-lived containers from: the
    /// upper quarter of the network, or that host's part of it.
    public func range(ofHost index: Int, in environment: Environment) -> IPv4Network {
        if !environment.spansHosts { return subnet.shortLived }
        // So few hosts as most environments have can be added without new networks.
        return subnet.shortLived.part(index, of: max(4, environment.reachableHosts.count))
    }

    /// The address of a host on the network: the gateway of its containers.
    public func gateway(ofHost index: Int, in environment: Environment) -> IPv4Address {
        index == 0 ? gateway ?? subnet.firstHost : range(ofHost: index, in: environment).firstHost
    }
}

extension Environment {
    /// A reachable host's place among them, this one's being the first.
    public func index(ofHost name: String) -> Int? {
        if name == localHost { return 0 }
        return reachableHosts.filter { $0.name != localHost }.firstIndex { $0.name == name }.map { $0 + 1 }
    }
}
