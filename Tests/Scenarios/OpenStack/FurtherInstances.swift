import Testing

/// Two instances with an ephemeral disk and swap, one after the other, with the same address.
enum FurtherInstances {
    /// A shell script for the client's container, since each start of the client takes seconds.
    private static let script = """
        network=$(openstack network list --internal -f value -c ID)
        subnet=$(openstack subnet list --network "$network" -f value -c Subnet)
        address=${subnet%.*}.77
        openstack flavor create --ram 192 --disk 1 --ephemeral 1 --swap 64 --vcpus 1 further >/dev/null
        for number in 1 2; do
            openstack port create --network "$network" --fixed-ip "ip-address=$address" "further-$number" >/dev/null
            openstack server create --flavor further --image minke-guest --port "further-$number" --wait \\
                "further-$number" -f value -c status
            until openstack console log show "further-$number" | grep "guest: address $address"; do sleep 1; done
            openstack server delete --wait "further-$number"
            openstack port delete "further-$number"
        done
        openstack flavor delete further
        """

    static func require(_ scenario: Scenario) async throws {
        let told = try await scenario.minke("client", "timeout", "300", "bash", "-euc", script).output
        let lines = told.split(whereSeparator: \.isNewline).map(String.init)
        try #require(lines.count == 4, "\(told)")
        try #require(lines[0] == "ACTIVE" && lines[2] == "ACTIVE", "\(told)")
        try #require(lines[1] == lines[3], "\(told)")
    }
}
