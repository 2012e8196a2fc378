import Model
import System
import TestTools
import Testing

/// OpenStack's core, from nothing to an instance that answers. All steps share one cloud, since its start takes both
/// processors a minute.
@Suite struct OpenStackTests {
    static let images = [
        "mariadb", "rabbitmq", "memcached", "keystone", "glance-api", "haproxy", "client", "guest", "placement",
        "nova-api", "nova-metadata", "nova-conductor", "nova-scheduler", "nova-novncproxy", "nova-compute", "libvirt",
        "neutron-server", "neutron-rpc-server", "neutron-periodic-workers", "neutron-openvswitch-agent",
        "neutron-dhcp-agent", "neutron-l3-agent", "neutron-metadata-agent", "openvswitch-db", "openvswitch-switch",
        "network", "compute", "pod-keeper", "tempest",
    ]

    /// The services of one of the project's environments, with networks of the scenario's own.
    static func declaration(_ scenario: Scenario, of environment: String = "openstack") throws -> String {
        let text = String(
            decoding: try Files.read("\(Places.repository)/environments/\(environment).yaml"), as: UTF8.self)
        let start = try #require(text.firstRange(of: "\nservices:\n"))
        // With Keystone's 12 rounds, each login and each new user take a quarter of a second of processor time.
        let services = text[start.upperBound...].replacing(/\n  keystone: (\d+)\n/) { match in
            "\n  keystone: {replicas: \(match.1), config: {keystone.conf: {identity: {password_hash_rounds: 4}}}}\n"
        }
        try #require(services != text[start.upperBound...])
        return """
            networks:
              tunnel: {subnet: 198.18.\(170 + scenario.place).0/24}
              external: {subnet: 198.18.\(180 + scenario.place).0/24}
            services:
            \(services)
            """
    }

    @Test(.enabled(if: environmentVariable("MINKE_TEST_DOCKER_HOST") != nil))
    func startsAnInstanceThatOutlivesWhatServesIt() async throws {
        try await Scenario.run(
            "openstack", recipes: .project, images: Self.images, expecting: 600, limit: .seconds(3600)
        ) { scenario in
            try scenario.declare(Self.declaration(scenario), tls: true)
            try await scenario.build(Self.images)

            scenario.step("one command brings everything up, and every API and agent says that it works")
            let commands = try await CommandLines.seen(in: scenario) {
                try await scenario.minke("up", "--trace", "\(scenario.folder)/trace.json")
            }
            try await scenario.requireNothingToDo()
            let status = try await scenario.minke("status", "--json").json()
            for member in status["members"]?.list ?? [] {
                try #require(member["healthy"]?.bool == true, "\(member)")
            }
            let compute = status["members"]?.list?.first { $0["member"]?.string == "nova-compute-compute1" }
            try #require(compute?["report"]?.string == "nova-api says it is up")
            let router = status["members"]?.list?.first { $0["member"]?.string == "neutron-l3-agent-network1" }
            try #require(router?["since"]?.string?.isEmpty == false)

            scenario.step("the client says so as well")
            let services = try await scenario.openstack("compute", "service", "list")
            try #require(
                Set(scenario.column("Binary", of: services)) == ["nova-conductor", "nova-scheduler", "nova-compute"])
            try #require(Set(scenario.column("State", of: services)) == ["up"])
            let agents = try await scenario.openstack("network", "agent", "list")
            try #require(agents.list?.count == 5)
            try #require(agents.list?.allSatisfy { $0["Alive"]?.bool == true } == true)

            scenario.step("an instance starts, gets its address and metadata, and lets its owner in")
            let demo = try await scenario.minke("demo", "--json").json()
            let guest = try Guest(demo)
            let instance = guest.identifier
            let servers = try await scenario.openstack("server", "list")
            try #require(scenario.column("Status", of: servers) == ["ACTIVE"])
            try #require(scenario.column("ID", of: servers) == [instance])

            scenario.step("run again, the demo makes nothing")
            let again = try await scenario.requireDemo(finds: instance)
            let objects = again["objects"]?.list?.count
            try #require(objects == demo["objects"]?.list?.count)

            scenario.step("it is known and reached again after it slept, though its console begins anew")
            try await scenario.openstack(do: "server", "suspend", instance)
            try await scenario.eventually("the instance sleeps", within: .seconds(60)) {
                try await scenario.openstack("server", "show", instance)["status"]?.string == "SUSPENDED"
            }
            try await scenario.openstack(do: "server", "resume", instance)
            try await scenario.requireDemo(finds: instance)

            scenario.step("a compute node that is restarted by hand hands it over, and takes it back as it was")
            try await scenario.minke("restart", "compute1")
            try await scenario.requireDemo(finds: instance)
            let past = try await scenario.openstack("server", "event", "list", instance)
            let actions = scenario.column("Action", of: past)
            try #require(actions.count { $0 == "suspend" } == 2 && actions.count { $0 == "resume" } == 2, "\(actions)")

            scenario.step("its screen is shown through the front")
            try await Screen.require(of: instance, scenario)

            scenario.step("requests are followed through all services")
            let events = try await scenario.openstack("server", "event", "list", instance)
            let request = try #require(scenario.column("Request ID", of: events).last)
            let lines = try await scenario.minke("logs", "--request", request).output
            let members = Set(
                lines.split(separator: "\n").compactMap { $0.split(separator: " ").first.map(String.init) })
            for member in ["nova-api1", "nova-compute-compute1", "glance-api1", "neutron-server1", "placement1"] {
                try #require(members.contains(member), "\(members.sorted())")
            }

            scenario.step("Placement learns of a network's end, and no log has a traceback")
            try await scenario.openstack(do: "network", "create", "passing")
            try await scenario.openstack(do: "network", "delete", "passing")
            try await scenario.eventually("Placement is asked") {
                try await scenario.minke("logs", "placement").output.contains("/aggregates")
            }
            let logs = try await scenario.minke("logs").output.split(separator: "\n")
            let failures = logs.filter { $0.contains("Traceback (most recent call last)") }
            try #require(failures.isEmpty, "\(failures.suffix(5))")

            scenario.step("all of it takes less than 8 GiB, with its instance")
            try #require(try await scenario.requireUsage() < 8 << 30)
            try await scenario.requireBounds()

            scenario.step("secrets are in no command line, description, label, log, plan, layer or image")
            for program in ["mariadbd", "ovs-vswitchd", "libvirtd", "compute-start", "neutron-l3-agent"] {
                try #require(commands.contains { $0.contains(program) }, "\(program) was not seen")
            }
            let search = try await SecretSearch(of: scenario)
            for command in commands { try search.requireNone(in: command, "a command line") }
            try await search.requireNoneShown()
            try await search.requireNoneInLayers()

            scenario.step("OpenStack's own quick tests pass, and leave nothing")
            try await Verification.requireQuickTests(scenario)

            scenario.step("all messages are in quorum queues")
            let queues = try await scenario.shell(
                """
                for host in $(rabbitmqctl --silent list_vhosts name); do
                    rabbitmqctl --silent list_queues --vhost "$host" name type
                done
                """, in: "rabbitmq1"
            ).split(separator: "\n")
            try #require(queues.count > 20 && queues.allSatisfy { $0.hasSuffix("\tquorum") }, "\(queues)")

            scenario.step("no member calls a program that it lacks")
            let missing = try await scenario.minke("logs").output.split(separator: "\n").filter { line in
                line.contains(/command not found|failed to execute|exec of "|No such file or directory: '[^'\/]+'/)
            }
            try #require(missing.isEmpty, "\(missing.suffix(5))")

            scenario.step("every ping is answered while agents are replaced, and libvirt under the instance")
            let agentNames = [
                "neutron-openvswitch-agent", "neutron-dhcp-agent", "neutron-l3-agent", "neutron-metadata-agent",
                "nova-conductor", "nova-scheduler", "neutron-rpc-server", "neutron-periodic-workers", "nova-compute",
                "libvirt",
            ]
            let before = try await scenario.members()
            let pings = Pings(of: guest.address)
            async let lost = pings.run()
            var changed = try Self.declaration(scenario)
            for name in agentNames {
                changed = changed.replacing("\n  \(name): 1", with: "\n  \(name): {replicas: 1, memory: 1100m}")
                    .replacing("\n  \(name): {}", with: "\n  \(name): {memory: 1100m}")
            }
            try scenario.declare(changed, tls: true)
            try await scenario.minke("up")
            pings.stop()
            let result = try await lost
            try #require(result.sent > 50)
            try #require(result.lost.isEmpty, "\(result)")
            let after = try await scenario.members()
            for (name, trace) in after {
                let isReplaced = agentNames.contains { name.hasPrefix($0) }
                try #require((trace.id != before[name]?.id) == isReplaced, "\(name)")
            }

            scenario.step("the demo removes what it made")
            try await scenario.minke("demo", "--clean", "--yes")
            try #require(try await scenario.openstack("server", "list").list?.isEmpty == true)
            try #require(try await scenario.openstack("network", "list").list?.isEmpty == true)

            try await scenario.minke("down", "--volumes", "--yes")
        }
        // Another one, so that no place is held while others end.
        try await Scenario.runAnyhow("host-after-openstack", alone: true) { scenario in
            scenario.step("the host's network is as it was")
            try await HostNetwork.requireNothingNew(in: scenario)
        }
    }
}
