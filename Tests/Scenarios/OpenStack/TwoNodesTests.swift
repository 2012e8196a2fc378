import Model
import System
import TestTools
import Testing

/// Two compute nodes and two members of each service: environments/openstack-2.yaml. Every member is replaced by one of
/// another image under requests to all APIs, and the outages are measured.
@Suite(.enabled(if: Scenario.takesLongOnes)) struct TwoNodesTests {
    /// Services that answer requests or work for those that do, and that have two members or are not missed while they
    /// are replaced.
    private static let served = [
        "keystone", "glance-api", "placement", "nova-api", "nova-metadata", "nova-conductor", "nova-scheduler",
        "nova-novncproxy", "neutron-server", "neutron-rpc-server", "neutron-periodic-workers", "pod-keeper",
        // Members of pods that can be replaced without their instances, routers and addresses.
        "neutron-openvswitch-agent", "neutron-dhcp-agent", "neutron-l3-agent", "neutron-metadata-agent",
        "libvirt", "nova-compute",
    ]
    private static let switches = ["openvswitch-db", "openvswitch-switch"]
    /// Services with one member that all others use.
    private static let stores = ["mariadb", "rabbitmq", "memcached", "haproxy"]
    private static let holders = ["network", "compute"]

    /// Services whose members are in pods, and are made anew with them.
    private static let inPods = [
        "neutron-openvswitch-agent", "neutron-dhcp-agent", "neutron-l3-agent", "neutron-metadata-agent",
        "openvswitch-db", "openvswitch-switch", "libvirt", "nova-compute",
    ]

    @Test(.enabled(if: environmentVariable("MINKE_TEST_DOCKER_HOST") != nil))
    func connectsNodesAndReplacesEveryMember() async throws {
        try await Scenario.run(
            "openstack-2", recipes: .project, images: OpenStackTests.images, alone: true, limit: .seconds(5400)
        ) { scenario in
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
            let boot = try await guest.bootID()
            let loads = try await CloudLoad.prepare(scenario)

            scenario.step("all that serves and all agents are replaced, and no request nor ping is lost")
            let token = try await scenario.token()
            let replaced = try await replace(Self.served, scenario, loads, guest) { up in
                let upload = try await Upload(megabytes: 100, megabytesPerSecond: 2, token: token, in: scenario)
                async let status = upload.run()
                try await scenario.eventually("the upload is under way") { try await upload.isUnderWay() }
                try await up()
                try #require(try await status == 204)
            }
            try loads.requireNothingLost(replaced.results)
            try #require(replaced.results.map(\.rate).reduce(0, +) >= CloudLoad.perSecond * 0.98)
            try #require(replaced.pings.lost.isEmpty, "\(replaced.pings)")
            // Members are drained before they end, so the front never has to try another server.
            try #require(replaced.log.retried == [])

            scenario.step("switches are replaced, for moments of their nodes' traffic, and no request is lost")
            let switched = try await replace(Self.switches, scenario, loads, guest) { up in try await up() }
            try loads.requireNothingLost(switched.results)
            try switched.requirePings(lostOnlyWith: Self.switches)

            scenario.step("what is there once is replaced, for moments of the APIs, and the network goes on")
            let stored = try await replace(Self.stores, scenario, loads, guest) { up in try await up() }
            try stored.requireRequests(lostOnlyWith: Self.stores)
            try #require(stored.pings.lost.isEmpty, "\(stored.pings)")
            for (load, result) in zip(loads.all, stored.results) { try load.requireRate(result) }

            scenario.step("nodes are made anew, and the instances run on at the other one meanwhile")
            let remade = try await replace(Self.holders, scenario, loads, guest) { up in
                let plan = try await scenario.minke("plan", expecting: 3).output
                for node in ["compute1", "compute2"] {
                    try #require(plan.contains("vacate nova-compute-\(node): its pod \(node) is made anew"), "\(plan)")
                }
                try await up()
            }
            try loads.requireNothingLost(remade.results)
            try remade.requirePings(lostOnlyWith: Self.holders + Self.inPods)
            try #require(try await guest.bootID() == boot)
            try await guest.requireConfigDrive()
            try #require(try await guest.start("ping -c 3 -W 2 \(network)").status.isSuccess)
            let servers = try await scenario.openstack("server", "list", "--long")
            try #require(scenario.column("Status", of: servers) == ["ACTIVE", "ACTIVE"])
            let computes = try await scenario.openstack("compute", "service", "list", "--service", "nova-compute")
            try #require(scenario.column("Status", of: computes) == ["enabled", "enabled"])
            let migrations = try await scenario.openstack("server", "migration", "list", "--server", guest.identifier)
            try #require(Set(scenario.column("Status", of: migrations)) == ["completed"])

            scenario.step("a node that is taken out gives its instances away, and nobody knows it afterwards")
            let smaller = try OpenStackTests.declaration(scenario, of: "openstack-2")
                .replacing("\n  compute: 2\n", with: "\n  compute: 1\n")
            try scenario.declare(smaller, tls: true)
            let leaving = try await scenario.minke("plan", expecting: 3).output
            try #require(leaving.contains("vacate nova-compute-compute2: it goes for good"), "\(leaving)")
            try await scenario.minke("up", "--yes")
            try await scenario.requireNothingToDo()
            try #require(try await guest.bootID() == boot)
            let moved = try await scenario.openstack("server", "list", "--long")
            try #require(scenario.column("Status", of: moved) == ["ACTIVE", "ACTIVE"])
            // The name of the hypervisor, which has the domain.
            let hosts = scenario.column("Host", of: moved)
            try #require(hosts.count == 2 && hosts.allSatisfy { $0.hasPrefix("compute1.") }, "\(hosts)")
            let known = try await scenario.openstack("compute", "service", "list")
            try #require(!scenario.column("Host", of: known).contains("compute2"))
            let hypervisors = try await scenario.openstack("hypervisor", "list")
            try #require(hypervisors.list?.count == 1, "\(hypervisors)")
            let agents = try await scenario.openstack("network", "agent", "list")
            try #require(!scenario.column("Host", of: agents).contains("compute2"))

            scenario.step("and what is there still works")
            try await scenario.openstack(do: "server", "delete", "--wait", "second")
            try await scenario.minke("demo", "--clean", "--yes")
            try await scenario.minke("down", "--volumes", "--yes")
        }
    }

    /// The effects of a replacement on requests and pings.
    private struct Cost {
        let results: [Load.Result]
        let pings: Pings.Answers
        let log: FrontLog
        let steps: StepTimes

        /// Requires that each lost ping was sent while one of the services was replaced: none is lost after that.
        func requirePings(lostOnlyWith services: [String]) throws {
            let moments = pings.lost.map { pings.start + $0 }
            // The clocks of two processes are compared, and a ping takes a moment.
            let others = steps.outside(moments, of: services, lead: 0.5)
            try #require(others.isEmpty, "\(pings), of them \(others.count) at other times:\n\(steps)")
        }

        /// Requires that each lost request was sent while one of the services was replaced, or just before.
        func requireRequests(lostOnlyWith services: [String]) throws {
            for result in results {
                let moments = result.lost.map { result.start + $0.moment }
                let others = steps.outside(moments, of: services, lead: result.slowest)
                try #require(others.isEmpty, "\(result), of them \(others.count) at other times:\n\(steps)")
            }
        }
    }

    /// Builds images of another identity for some services, has `up` replace their members under load, which goes on
    /// for ten seconds afterwards, and requires that no other member was replaced, except those in a pod that is made
    /// again.
    private func replace(
        _ services: [String], _ scenario: Scenario, _ loads: Loads, _ guest: Guest,
        within body: (_ up: () async throws -> Void) async throws -> Void
    ) async throws -> Cost {
        let trace = "\(scenario.folder)/replaced.json"
        try scenario.changeImages(of: services, to: "2")
        try await scenario.build(services)
        let before = try await scenario.members()
        let start = now()
        let pings = Pings(of: guest.address)
        async let answers = pings.run()
        let results = try await loads.during(scenario) {
            try await body { try await scenario.minke("up", "--trace", trace) }
            // An outage that does not end with its step shows now.
            try await ContinuousClock().sleep(for: .seconds(10))
        }
        pings.stop()
        let lost = try await answers
        let steps = try StepTimes(of: trace)
        scenario.diary.add("\(lost)\n\(steps)")
        try #require(lost.sent > 100)
        try await scenario.requireNothingToDo()
        for (name, trace) in try await scenario.members() {
            let isReplaced = services.contains { service in
                let rest = name.dropFirst(service.count)
                return name.hasPrefix(service) && (rest.first == "-" || rest.allSatisfy(\.isNumber))
            }
            let isInPod = services == Self.holders && ["-network", "-compute"].contains { name.contains($0) }
            try #require((trace.id != before[name]?.id) == (isReplaced || isInPod), "\(name)")
        }
        let log = try await FrontLog(since: start, of: scenario)
        return Cost(results: results, pings: lost, log: log, steps: steps)
    }
}
