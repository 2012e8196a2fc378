import DockerEngine
import Model
import System
import Testing

/// One environment on two hosts, the second reached over TLS, with a Glance on each behind one front.
@Suite struct TwoHostsTests {
    private static let images = IdentityTests.images + ["host-link"]

    private func services(debug: Bool = false, host: String = "second") -> String {
        """
        services:
          host-link: {}
          mariadb: 1
          rabbitmq: 1
          memcached: 1
          keystone: 1
          haproxy: 1
          glance-api:
            members:
              glance-api1: {host: local}
              glance-api2: {host: \(host)\(debug ? ", settings: {debug: true}" : "")}
        """
    }

    @Test func aFrontServesFromBothHosts() async throws {
        try await Scenario.run("two-hosts", recipes: .project, images: Self.images) { scenario in
            try scenario.declare(Self.alone)
            try await scenario.build(Self.images)
            try await SecondEngine.run { second in
                try await refuseMistakes(scenario, second)
                try scenario.declare(second.hosts() + services())
                let plan = try await scenario.planLines()
                let there = plan.filter { $0.contains(" on second:") }.map { String($0.prefix { $0 != ":" }) }
                try #require(
                    there == [
                        "create network minke-\(scenario.name) on second", "have 2 images on second",
                        "create host-link-second on second", "create glance-api2 on second",
                    ])

                scenario.step("up, and every member answers, on whichever host it is")
                try await scenario.minke("up")
                try await scenario.minke("status")
                try await scenario.requireNothingToDo()
                let members = try await scenario.minke("ps", "--json").json().list ?? []
                let hosts = members.map { "\($0["member"]?.string ?? "") \($0["host"]?.string ?? "")" }
                try #require(
                    hosts.filter { $0.hasSuffix(" second") } == ["glance-api2 second", "host-link-second second"])
                let own = try await second.engine.containers().map(\.name).sorted()
                try #require(own == ["\(scenario.name)-glance-api2", "\(scenario.name)-host-link-second"])

                scenario.step("each Glance takes and gives images through the front while the other one is stopped")
                try await scenario.openstack(
                    do: "image", "create", "--disk-format", "raw", "--container-format", "bare", "disk")
                for (stopped, answering) in [("glance-api1", "glance-api2"), ("glance-api2", "glance-api1")] {
                    try await scenario.minke("stop", stopped)
                    try await showsImages(scenario, answering: answering)
                    try await keepsContent(scenario, answering: answering)
                    try await scenario.minke("start", stopped)
                }
                try await scenario.requireNothingToDo()

                scenario.step("a change of the remote member's configuration is taken there")
                try scenario.declare(second.hosts() + services(debug: true))
                let change = try await scenario.planLines()
                try #require(
                    change.filter { !$0.hasPrefix("note: ") } == [
                        "reload glance-api2 on second: glance-api.conf [DEFAULT] debug False -> True"
                    ], "\(change)")
                try await scenario.minke("up")
                let debugged = try await scenario.minke(
                    "exec", "glance-api2", "--", "grep", "^debug", "/etc/minke/glance-api.conf")
                try #require(debugged.output.contains("debug = True"))
                try await scenario.requireNothingToDo()
                try #require(try await scenario.minke("logs", "--tail", "1", "glance-api2").output.isEmpty == false)

                scenario.step("what links the hosts is mended where it goes")
                let device = try #require(try await second.links().first)
                try await Subprocess("ip", ["link", "delete", device]).run().checked()
                try await scenario.eventually("the link is back", within: .seconds(30)) {
                    try await second.links().count == 2
                }
                try await scenario.eventually("the remote member answers again", within: .seconds(30)) {
                    try await scenario.start(["status"]).status == 0
                }

                scenario.step("a member does not move to where its data is not")
                try scenario.declare(second.hosts() + services(host: "local"))
                let moved = try await scenario.minke("plan", expecting: 2)
                try #require(moved.errors.contains("glance-api2 is on host second, and is to be on local"))

                scenario.step("down leaves nothing on either host")
                try scenario.declare(second.hosts() + services())
                try await scenario.minke("down", "--volumes", "--yes")
                try #require(try await second.listing() == [])
                try #require(try await scenario.listing().filter { !$0.hasPrefix("image ") } == [])
                try #require(try await second.links() == [])
            }
        }
    }

    private static let alone = "services: {memcached: 1}"

    /// Requires that mistakes are reported before anything is created on either host.
    private func refuseMistakes(_ scenario: Scenario, _ second: SecondEngine) async throws {
        scenario.step("a certificate that the engine does not accept, an engine that is not there, an unknown host")
        let mistakes = [
            (second.hosts(certificate: "stranger") + services(), ":8:13: host second is not reached: "),
            (second.hosts(port: 2377) + services(), "host second is not reached: no Docker engine answers at tcp:"),
            (second.hosts(certificate: "nobody") + services(), "host second: there is no file "),
            (second.hosts() + services(host: "secnd"), "unknown host secnd; did you mean second?"),
            (
                second.hosts() + services().replacing("  host-link: {}\n", with: ""),
                "glance-api2 is on host second, which nothing links with the others; add `host-link: {}`"
            ),
        ]
        for (lines, message) in mistakes {
            try scenario.declare(lines)
            let run = try await scenario.minke("up", expecting: 2)
            try #require(run.errors.contains(message), "\(run.errors)")
        }
        try #require(try await second.listing() == [])
        try #require(try await scenario.listing().filter { !$0.hasPrefix("image ") } == [])
    }

    /// Requires that an image is downloaded as it was uploaded, from the Glance that has it.
    private func keepsContent(_ scenario: Scenario, answering member: String) async throws {
        let content = "head -c 3M /dev/urandom >sent-\(member)"
        try await Subprocess("sh", ["-c", content], directory: scenario.folder).run().checked()
        try await scenario.openstack(
            do: "image", "create", "--disk-format", "raw", "--container-format", "bare", "--file", "sent-\(member)",
            "own-\(member)")
        try await scenario.openstack(do: "image", "save", "--file", "received-\(member)", "own-\(member)")
        try #require(
            try Files.read("\(scenario.folder)/sent-\(member)")
                == Files.read("\(scenario.folder)/received-\(member)"))
        try await scenario.openstack(do: "image", "delete", "own-\(member)")
    }

    private func showsImages(_ scenario: Scenario, answering member: String) async throws {
        let start = now()
        let list = try await scenario.openstack("image", "list")
        try #require(scenario.column("Name", of: list) == ["disk"])
        let shown = try await scenario.openstack("image", "show", "disk")
        try #require(shown["name"]?.string == "disk")
        let log = try await scenario.minke("logs", "--since", start, member).output
        try #require(log.contains("GET /v2/images"), "\(member) was not asked: \(log)")
    }
}
