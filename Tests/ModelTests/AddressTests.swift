import Testing

@testable import Model

@Suite struct AddressTests {
    /// Every prefix at both ends of the address space: no arithmetic of an address ends the program.
    @Test(arguments: 0...32)
    func everyNetworkHasItsParts(prefix: Int) {
        for address in [IPv4Address(0, 0, 0, 0), IPv4Address(198, 18, 16, 77), IPv4Address(255, 255, 255, 255)] {
            let network = IPv4Network(address: address, prefix: prefix)
            #expect(network.network <= network.firstHost)
            #expect(network.lastHost <= network.broadcast)
            #expect(network.contains(network.firstHost) && network.contains(network.lastHost))
            let last = network.lastMemberAddress
            let shortLived = network.shortLived
            // Smaller ones have no quarter.
            if prefix <= 30 {
                #expect(network.contains(last) && last <= shortLived.network)
                #expect(network.contains(shortLived.network) && network.contains(shortLived.broadcast))
                #expect(shortLived.broadcast == network.broadcast)
            }
            for count in [0, 1, 3, 4, 1000, Int.max] {
                for index in [-1, 0, 1, count, Int.max] {
                    let part = network.part(index, of: count)
                    #expect(network.contains(part.network) && network.contains(part.broadcast))
                }
            }
        }
    }

    @Test func partsAreEqualAndInOrder() throws {
        let network = try #require(IPv4Network(text: "198.18.16.192/26"))
        #expect(
            (0..<4).map { network.part($0, of: 3).description }
                == ["198.18.16.192/28", "198.18.16.208/28", "198.18.16.224/28", "198.18.16.240/28"])
        #expect(network.part(9, of: 3).description == "198.18.16.240/28")
        #expect(try #require(IPv4Network(text: "198.18.16.0/24")).lastMemberAddress == IPv4Address(198, 18, 16, 191))
    }

    @Test(arguments: [
        ("0.1.2.3", ReservedNetwork.thisNetwork), ("127.0.0.53", .loopback), ("169.254.169.254", .linkLocal),
        ("224.0.0.1", .multicast), ("239.255.255.255", .multicast), ("255.255.255.255", .future),
        ("126.255.255.255", nil), ("128.0.0.0", nil), ("223.255.255.255", nil), ("169.253.0.0", nil),
    ])
    func knowsReservedAddresses(text: String, reserved: ReservedNetwork?) throws {
        #expect(ReservedNetwork.first(with: try #require(IPv4Address(text: text))) == reserved)
    }
}
