import Conformance
import Model
import OpenStack
import Testing

struct CloudTests {
    private static let servers = "GET 8774/v2.1/servers/detail?all_tenants=1"
    private static let projects = "GET 5000/v3/projects"

    @Test func whatTestsMadeIsToldFromWhatOthersMade() async throws {
        let cloud = RecordingCloud([
            Self.projects: ["projects": [["id": "p1", "name": "admin"]]],
            Self.servers: ["servers": [["id": "s0", "name": "minke-verify-of-before", "tenant_id": "p1"]]],
        ])
        let tested = try await cloud.tested()
        let before = try await tested.inventory().value
        cloud.set(
            Self.projects,
            ["projects": [["id": "p1", "name": "admin"], ["id": "p2", "name": "minke-verify-Class-1"]]])
        cloud.set(
            Self.servers,
            [
                "servers": [
                    ["id": "s0", "name": "minke-verify-of-before", "tenant_id": "p1"],
                    ["id": "s1", "name": "minke-verify-server-2", "tenant_id": "p1"],
                    ["id": "s2", "name": "somebody's", "tenant_id": "p1"],
                ]
            ])
        cloud.set(
            "GET 9696/v2.0/security-groups",
            [
                "security_groups": [
                    ["id": "g1", "name": "default", "tenant_id": "p2"],
                    ["id": "g2", "name": "default", "tenant_id": "gone"],
                    ["id": "g3", "name": "default", "tenant_id": "p1"],
                ]
            ])
        let left = try await tested.inventory().leftovers(since: before)
        #expect(left.map(\.id) == ["s1", "g1", "g2", "p2"])
        #expect(left.first?.words == "instance minke-verify-server-2 (s1)")
    }

    @Test func aRouterIsRemovedWithoutItsInterfacesAndADomainDisabled() async throws {
        let cloud = RecordingCloud([
            "GET 9696/v2.0/routers": ["routers": [["id": "r1", "name": "minke-verify-router", "tenant_id": "gone"]]],
            "GET 9696/v2.0/ports?device_id=r1": [
                "ports": [
                    ["id": "o1", "device_owner": "network:router_gateway"],
                    ["id": "o2", "device_owner": "network:router_interface"],
                ]
            ],
            "GET 5000/v3/domains": ["domains": [["id": "d1", "name": "minke-verify-domain"]]],
        ])
        let tested = try await cloud.tested()
        let left = try await tested.inventory().leftovers(since: [:])
        #expect(try await tested.remove(left, within: .seconds(5)).isEmpty)
        #expect(
            cloud.changes == [
                "PUT 9696/v2.0/routers/r1/remove_router_interface", "DELETE 9696/v2.0/routers/r1",
                "PATCH 5000/v3/domains/d1", "DELETE 5000/v3/domains/d1",
            ])
    }

    @Test func featuresAreWhatTheServicesSay() async throws {
        let cloud = RecordingCloud([
            "GET 8774/v2.1/": ["version": ["min_version": "2.1", "version": "2.100"]],
            "GET 8774/v2.1/os-hypervisors/detail": [
                "hypervisors": [
                    ["state": "up", "status": "enabled"], ["state": "up", "status": "disabled"],
                    ["state": "down", "status": "enabled"],
                ]
            ],
            "GET 8778/": ["versions": [["min_version": "1.0", "max_version": "1.39"]]],
            "GET 9696/v2.0/extensions": [
                "extensions": [["alias": "router"], ["alias": "agent"], ["alias": "auto-allocated-topology"]]
            ],
            "GET 9292/v2/info/import": ["import-methods": ["value": ["glance-direct"]]],
        ])
        let features = try await cloud.tested().features()
        #expect(features.compute == .init(lowest: "2.1", highest: "2.100"))
        #expect(features.placement == .init(lowest: "1.0", highest: "1.39"))
        #expect(features.volume == nil)
        #expect(features.computeNodes == 1)
        #expect(features.networkExtensions == ["agent", "router"])
        #expect(features.importMethods == ["glance-direct"])
    }

    @Test func theSuiteIsConfiguredByWhatTheCloudIs() {
        var features = CloudFeatures()
        features.services = ["compute", "network", "image", "identity"]
        features.compute = .init(lowest: "2.1", highest: "2.100")
        features.computeNodes = 1
        features.networkExtensions = ["agent", "port-security"]
        var parts = CloudPreparation.Parts()
        parts.images = ["i1", "i2"]
        parts.flavors = ["f1", "f2"]
        let login = TempestConfiguration.Login(
            url: "https://cloud:5000/v3", user: "admin", password: "a$b", project: "admin", region: "RegionOne",
            authorityFile: "/ca.pem")
        func lines(_ features: CloudFeatures) -> Set<String> {
            let text = TempestConfiguration(
                login: login, features: features, parts: parts, folder: "/home", imageURL: "http://web/image"
            ).text
            return Set(text.split(separator: "\n").map(String.init))
        }
        let one = lines(features)
        let wanted = [
            "admin_password = a$$b", "ca_certificates_file = /ca.pem", "nova = true", "cinder = false",
            "image_ref = i1", "image_ref_alt = i2", "flavor_ref_alt = f2", "max_microversion = 2.100",
            "api_extensions = agent,port-security", "port_security = true", "resize = false",
            "live_migration = false", "run_validation = false", "resource_name_prefix = minke-verify",
            "http_image = http://web/image", "http_qcow2_image = http://web/image",
        ]
        for line in wanted { #expect(one.contains(line), "\(line)") }
        features.resizesInPlace = true
        #expect(lines(features).isSuperset(of: ["resize = true", "cold_migration = false"]))
        features.computeNodes = 2
        #expect(lines(features).isSuperset(of: ["cold_migration = true", "live_migration = true"]))
    }
}
