import Model

extension Environment.Network {
    /// The addresses that a host's engine gives to short-lived containers: the upper quarter of the network or, where
    /// it spans hosts, the host's part of that.
    ///
    /// - Parameter index: the host's index, as `index(ofHost:)` gives it.
    public func range(ofHost index: Int, in environment: Environment) -> IPv4Network {
        if !environment.spansHosts { return subnet.shortLived }
        // At least four parts are reserved, so that a few hosts can be added without recreating networks.
        return subnet.shortLived.part(index, of: max(4, environment.reachableHosts.count))
    }

    /// The host's address on the network, which is its containers' gateway.
    public func gateway(ofHost index: Int, in environment: Environment) -> IPv4Address {
        index == 0 ? gateway ?? subnet.firstHost : range(ofHost: index, in: environment).firstHost
    }
}

extension Environment {
    /// The index of a reachable host, 0 for the local one; nil for any other host.
    public func index(ofHost name: String) -> Int? {
        if name == Self.here { return 0 }
        return reachableHosts.filter { $0.name != Self.here }.firstIndex { $0.name == name }.map { $0 + 1 }
    }
}
