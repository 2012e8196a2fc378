import Model
import Recipes
import System
import Testing

@testable import Clouds

@Suite struct HostCheckTests {
    private func check(_ text: String) throws -> HostCheck {
        let own = ["lo": "127.0.0.1/8", "eth0": "198.18.40.7/22", "br-1": "198.18.50.1/24"]
        let addresses = own.sorted(by: <).reversed().compactMap { name, network in
            IPv4Network(text: network).map { InterfaceAddress(interface: name, network: $0) }
        }
        return HostCheck(
            environment: try Environment.parse(text: text, file: "lab.yaml"), addresses: addresses,
            isOwn: { address in address.bits == 0 || addresses.contains { $0.address == address } })
    }

    @Test func knowsWhereSubnetsAreGiven() throws {
        let text = "name: lab\nnetwork: {subnet: 198.18.0.0/24}\nnetworks:\n  tunnel: {subnet: 198.18.1.0/24}\n"
        #expect(
            try Environment.parse(text: text, file: "lab.yaml").networkPlaces.compactMapValues { $0["subnet"] } == [
                "minke-lab": Place(file: "lab.yaml", line: 2, column: 19),
                "minke-lab-tunnel": Place(file: "lab.yaml", line: 4, column: 20),
            ])
        #expect(
            try Environment.parse(text: "name: lab\n", file: "lab.yaml").networkPlaces.compactMapValues { $0["subnet"] }
                == [
                    "minke-lab": Place(file: "lab.yaml", line: 1, column: 1)
                ])
    }

    @Test func thePublicAddressHasToBeTheHosts() throws {
        for address in ["127.0.0.1", "198.18.40.7", "0.0.0.0"] {
            #expect(try check("public: {address: \(address)}\n").checkPublicAddress() == [])
        }
        #expect(
            try check("public: {address: 198.18.40.8}\n").checkPublicAddress().map(\.description) == [
                "lab.yaml:1:19: public.address is 198.18.40.8, which this host does not have; "
                    + "it has 127.0.0.1, 198.18.40.7, 198.18.50.1; 0.0.0.0 means all of them"
            ])
    }

    @Test(arguments: ["198.18.40.0/22", "198.18.42.0/24", "198.18.32.0/20"])
    func theNetworkMustNotBeOneThatTheHostIsOn(subnet: String) throws {
        #expect(
            try check("network: {subnet: \(subnet)}\n").checkNetwork(known: []).map(\.description) == [
                "lab.yaml:1:19: the network is to have \(subnet), and this host is on 198.18.40.0/22 with its "
                    + "interface eth0; set another `network: subnet:`"
            ])
    }

    @Test func otherNetworksAreFree() throws {
        #expect(try check("network: {subnet: 198.18.44.0/24}\n").checkNetwork(known: []) == [])
    }

    @Test func theEnginesNetworksAreToldAsSuch() throws {
        let environment = try check("network: {subnet: 198.18.50.0/24}\n")
        let subnet = try #require(IPv4Network(text: "198.18.50.0/24"))
        #expect(environment.checkNetwork(known: []).count == 1)
        #expect(environment.checkNetwork(known: [ForeignSubnet(network: "others", subnet: subnet)]) == [])
    }

    @Test func theEnginesNetworksAreReachedFromHere() throws {
        #expect(try check("name: lab\n").checkReach(gateway: "198.18.50.1") == [])
        #expect(
            try check("name: lab\n").checkReach(gateway: "198.18.51.1").map(\.message) == [
                "the engine's containers are out of reach from here: its network has the gateway 198.18.51.1, which no "
                    + "interface of this host has"
            ])
    }

    @Test func thisHostIsAsItIs() throws {
        let network = IPv4Network(address: IPv4Address(127, 0, 0, 1), prefix: 8)
        let loopback = InterfaceAddress(interface: "lo", network: network)
        #expect(try interfaceAddresses().contains(loopback))
        #expect(isOwnAddress(IPv4Address(127, 1, 2, 3)))
        #expect(isOwnAddress(IPv4Address(bits: 0)))
        #expect(!isOwnAddress(IPv4Address(198, 19, 254, 254)))
    }
}
