import Model
import System
import TestTools
import Testing

/// Two compute nodes and two of each service: environments/openstack-2.yaml.
@Suite(.timeLimit(.minutes(60)))
struct TwoNodesTests {
    /// The services that answer through the front, with a request to each that needs a token.
    private static let apis = [
        (name: "nova", path: "8774/v2.1/servers"), (name: "neutron", path: "9696/v2.0/networks"),
        (name: "placement", path: "8778/resource_providers"), (name: "glance", path: "9292/v2/images"),
    ]

    private static let replaced = [
        "keystone", "glance-api", "placement", "nova-api", "nova-metadata", "nova-conductor", "nova-scheduler",
        "nova-novncproxy", "neutron-server", "neutron-rpc-server", "neutron-periodic-workers",
    ]

    /// What is in pods and can go without its instances, routers and addresses.
    private static let replacedInPods = [
        "neutron-openvswitch-agent", "neutron-dhcp-agent", "neutron-l3-agent", "neutron-metadata-agent",
        "libvirt", "nova-compute",
    ]

    @Test(.enabled(if: environmentVariable("MINKE_TEST_DOCKER_HOST") != nil))
    func connectsNodesAndReplacesWhatServesThem() async throws {
        try await Scenario.run("openstack-2", recipes: .project, alone: true) { scenario in
            try scenario.declare(OpenStackTests.declaration(scenario, of: "openstack-2"), tls: true)
            try await scenario.build(OpenStackTests.images)
            try await scenario.minke("up")
            try await scenario.requireNothingToDo()
            let services = try await scenario.openstack("compute", "service", "list", "--service", "nova-compute")
            try #require(Set(scenario.column("Host", of: services)) == ["compute1", "compute2"])

            scenario.step("instances on both nodes")
            let demo = try await scenario.minke("demo", "--json").json()
            let guest = try Guest(demo)
            let host = demo["instance"]?["host"]?.string == "compute1" ? "compute2" : "compute1"
            try await scenario.openstack(
                do: "--os-compute-api-version", "2.74", "server", "create", "--image", "minke-guest", "--flavor",
                "minke-demo", "--network", "minke-demo", "--security-group", "minke-demo", "--config-drive", "True",
                "--host", host, "--wait", "second")
            let second = try await scenario.openstack("server", "show", "second")
            try #require(second["OS-EXT-SRV-ATTR:host"]?.string == host)
            let network = try #require(second["addresses"]?["minke-demo"]?.list?.first?.string)

            scenario.step("they reach each other, between the nodes")
            try await scenario.eventually("the second instance answers the first", within: .seconds(180)) {
                try await guest.start("ping -c 3 -W 2 \(network)").status.isSuccess
            }

            scenario.step("all that serves and all agents are replaced, and no request nor ping is lost")
            let before = try await scenario.members()
            let token = try await scenario.token()
            let loads = try Self.apis.map { api in
                try Load(
                    "https://\(scenario.publicAddress):\(api.path)", perSecond: 10, headers: ["X-Auth-Token": token],
                    name: api.name, in: scenario.folder)
            }
            let pings = Pings(of: guest.address)
            async let lost = pings.run()
            async let results = withThrowingTaskGroup(of: Load.Result.self) { group in
                for load in loads { group.addTask { try await load.run() } }
                return try await group.reduce(into: [Load.Result]()) { $0.append($1) }
            }
            var changed = try OpenStackTests.declaration(scenario, of: "openstack-2")
            for name in Self.replaced {
                changed = changed.replacing("\n  \(name): 2", with: "\n  \(name): {replicas: 2, memory: 1100m}")
            }
            for name in Self.replacedInPods {
                changed = changed.replacing("\n  \(name): {}", with: "\n  \(name): {memory: 1100m}")
            }
            try scenario.declare(changed, tls: true)
            try await scenario.minke("up")
            for load in loads { load.stop() }
            pings.stop()
            for result in try await results {
                scenario.diary.add(result.text)
                try #require(result.requests > 100, "\(result.text)")
                try #require(result.lost == 0, "\(result.text)")
            }
            let answers = try await lost
            try #require(answers.sent > 100)
            try #require(answers.lost.isEmpty, "\(answers)")
            let after = try await scenario.members()
            for (name, trace) in after {
                let isReplaced =
                    Self.replaced.contains { ["\($0)1", "\($0)2"].contains(name) }
                    || Self.replacedInPods.contains { name.hasPrefix("\($0)-") }
                try #require((trace.id != before[name]?.id) == isReplaced, "\(name)")
            }

            scenario.step("both nodes are made anew, and the instances run on at the other one meanwhile")
            let boot = try await guest.bootID()
            try scenario.declare(
                changed.replacing("\n  compute: 2", with: "\n  compute: {replicas: 2, memory: 8g}"), tls: true)
            let plan = try await scenario.minke("plan", expecting: 3).output
            for node in ["compute1", "compute2"] {
                try #require(plan.contains("vacate nova-compute-\(node): its pod \(node) is made anew"), "\(plan)")
            }
            try await scenario.minke("up")
            try await scenario.requireNothingToDo()
            try #require(try await guest.bootID() == boot)
            try await guest.requireConfigDrive()
            try #require(try await guest.start("ping -c 3 -W 2 \(network)").status.isSuccess)
            let servers = try await scenario.openstack("server", "list", "--long")
            try #require(scenario.column("Status", of: servers) == ["ACTIVE", "ACTIVE"])
            let computes = try await scenario.openstack("compute", "service", "list", "--service", "nova-compute")
            try #require(scenario.column("Status", of: computes) == ["enabled", "enabled"])
            let migrations = try await scenario.openstack("server", "migration", "list", "--server", guest.identifier)
            try #require(Set(scenario.column("Status", of: migrations)) == ["completed"])

            scenario.step("and what is there still works")
            try await scenario.openstack(do: "server", "delete", "--wait", "second")
            try await scenario.minke("demo", "--clean", "--yes")
            try await scenario.minke("down", "--volumes", "--yes")
        }
    }
}
