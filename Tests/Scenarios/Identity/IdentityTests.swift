import DockerEngine
import Model
import Synchronization
import System
import Testing

/// The services of environments/identity.yaml, judged by Debian's own client.
@Suite struct IdentityTests {
    static let images = ["mariadb", "rabbitmq", "memcached", "keystone", "glance-api", "haproxy", "client"]
    static let services = "services: {mariadb: 1, rabbitmq: 1, memcached: 1, keystone: 2, glance-api: 2, haproxy: 1}"

    @Test func isACloudThatItsClientCanUse() async throws {
        try await Scenario.run("identity", recipes: .project, images: Self.images) { scenario in
            try scenario.declare(Self.services, tls: true)
            try await scenario.build(Self.images)
            scenario.step("up, and every member answers")
            let commands = try await CommandLines.seen(in: scenario) { try await scenario.minke("up") }
            try await scenario.minke("status")
            try await scenario.requireNothingToDo()

            scenario.step("everything is registered in Keystone")
            let token = try await scenario.openstack("token", "issue")
            try #require(token["project_id"]?.string?.isEmpty == false)
            let users = try await scenario.openstack("user", "list")
            try #require(Set(scenario.column("Name", of: users)) == ["admin", "glance"])
            let projects = try await scenario.openstack("project", "list")
            try #require(Set(scenario.column("Name", of: projects)) == ["admin", "service"])
            let services = try await scenario.openstack("service", "list")
            try #require(Set(scenario.column("Type", of: services)) == ["identity", "image"])
            let roles = try await scenario.openstack("role", "assignment", "list", "--names", "--user", "glance")
            try #require(Set(scenario.column("Role", of: roles)) == ["admin", "service"])
            try #require(Set(scenario.column("Project", of: roles)) == ["service@Default"])
            let inside = try await scenario.address(of: "haproxy1")
            try #require(
                try await endpoints(in: scenario) == [
                    "identity admin http://\(inside):5000/v3", "identity internal http://\(inside):5000/v3",
                    "identity public https://\(scenario.publicAddress):5000/v3",
                    "image admin http://\(inside):9292", "image internal http://\(inside):9292",
                    "image public https://\(scenario.publicAddress):9292",
                ])

            scenario.step("an image comes back as it was sent")
            try await Subprocess("sh", ["-c", "seq 1 300000 >sent"], directory: scenario.folder).run().checked()
            try await scenario.openstack(
                do: "image", "create", "--disk-format", "raw", "--container-format", "bare", "--file", "sent", "disk")
            try #require(scenario.column("Name", of: try await scenario.openstack("image", "list")) == ["disk"])
            let shown = try await scenario.openstack("image", "show", "disk")
            try #require(shown["status"]?.string == "active")
            let size = try Files.status(of: "\(scenario.folder)/sent").size
            try #require(shown["size"]?.int == size)
            try await scenario.requireSame(image: "disk", file: "sent")
            try await scenario.openstack(do: "image", "delete", "disk")
            try #require(try await scenario.openstack("image", "list").list?.isEmpty == true)

            scenario.step("the cloud is reached from outside by the files that the program writes")
            try await OutsideClient(scenario: scenario).requireCredentials(cloud: "scenario")

            scenario.step("only the front has ports on the host, and members' logs and memory are bounded")
            try await scenario.requireBounds()

            scenario.step("members are known by their names")
            let hosts = try await scenario.shell(
                "getent hosts keystone1 keystone1.minke.local haproxy1", in: "glance-api1")
            let found = hosts.split(separator: "\n").compactMap { $0.split(separator: " ").first.map(String.init) }
            let own = try await scenario.address(of: "keystone1")
            try #require(found == [own, own, inside], "\(hosts)")

            scenario.step("secrets are in no command line, description, label, log, plan, layer or image")
            // The processes of containers are among those that were seen.
            for program in ["mariadbd", "memcached", "haproxy", "beam.smp", "keystone-bootstrap"] {
                try #require(commands.contains { $0.contains(program) }, "\(program) was not seen")
            }
            let search = try await SecretSearch(of: scenario)
            for command in commands { try search.requireNone(in: command, "a command line") }
            try await search.requireNoneShown()
            try await search.requireNoneInLayers()

            scenario.step("where its state is lost, the cloud is as it was, and can be changed")
            let before = try await scenario.members()
            try Files.remove(scenario.stateFolder)
            try await scenario.minke("up")
            try #require(try await scenario.members() == before)
            try await scenario.requireNothingToDo()
            try await OutsideClient(scenario: scenario).requireCredentials(cloud: "again")
            try scenario.declare(Self.services + "\nsettings: {debug: true}", tls: true)
            try await scenario.minke("up")
            try await scenario.minke("status")
            try #require(try await scenario.openstack("image", "list").list?.isEmpty == true)
            try await scenario.requireNothingToDo()
        }
    }

    @Test func putsRightWhatWasEditedOrChangedByHand() async throws {
        try await Scenario.run("converging", recipes: .project, images: Self.images) { scenario in
            // Characters with a special meaning in URLs, configuration files, SQL and shells.
            let special = #"#a&s\w$o%r@d:/'"!{}x"#
            func give(_ order: String) throws {
                for name in ["admin", "glance", "database"] {
                    try Files.write("\(order)-\(name)\(special)\n", to: "\(scenario.folder)/\(name)", mode: 0o600)
                }
            }
            try give("first")
            let lines = """
                secrets:
                  admin: {file: admin}
                  glance-api.service: {file: glance}
                  keystone.database: {file: database}
                  glance-api.database: {file: database}
                services: {mariadb: 1, rabbitmq: 1, memcached: 1, keystone: 1, glance-api: 1, haproxy: 1}
                """
            try scenario.declare(lines)
            try await scenario.build(Self.images)
            try await scenario.minke("up")
            try #require(try await scenario.canLogIn("glance", "first-glance\(special)", project: "service"))

            scenario.step("what was changed by hand in Keystone is put right when asked for")
            try await scenario.openstack(do: "user", "set", "--password", "by-hand", "glance")
            let endpoint = try await scenario.openstack(
                "endpoint", "list", "--service", "image", "--interface", "public")
            let id = try #require(scenario.column("ID", of: endpoint).first)
            try await scenario.openstack(do: "endpoint", "set", "--url", "http://nowhere.example:1", id)
            try await scenario.openstack(do: "role", "remove", "--user", "glance", "--project", "service", "service")
            try #require(try await !scenario.canLogIn("glance", "first-glance\(special)", project: "service"))
            let before = try await scenario.members()
            try await scenario.minke("up", "--verify")
            try #require(try await scenario.members() == before)
            try #require(try await scenario.canLogIn("glance", "first-glance\(special)", project: "service"))
            try #require(
                try await endpoints(in: scenario).contains("image public http://\(scenario.publicAddress):9292"))
            let assigned = try await scenario.openstack("role", "assignment", "list", "--names", "--user", "glance")
            try #require(Set(scenario.column("Role", of: assigned)) == ["admin", "service"])

            scenario.step("edited passwords are taken everywhere")
            try give("second")
            try await scenario.minke("up")
            try #require(try await scenario.canLogIn("admin", "second-admin\(special)", project: "admin"))
            try #require(try await !scenario.canLogIn("admin", "first-admin\(special)", project: "admin"))
            try #require(try await scenario.canLogIn("glance", "second-glance\(special)", project: "service"))
            try #require(try await scenario.openstack("image", "list").list?.isEmpty == true)
            try await scenario.requireNothingToDo()
            try await scenario.minke("openrc")
            let sourced = try await Subprocess(
                "bash", ["-c", ". ./openrc && printf %s \"$OS_PASSWORD\""], directory: scenario.folder
            ).run().checked().outputText
            try #require(sourced == "second-admin\(special)")

            scenario.step("an edited public address is in the catalogue")
            try scenario.declare(lines, publicHost: "cloud.example.net")
            try await scenario.minke("up")
            try #require(
                try await endpoints(in: scenario).filter { $0.contains(" public ") } == [
                    "identity public http://cloud.example.net:5000/v3", "image public http://cloud.example.net:9292",
                ])
            try await scenario.requireNothingToDo()

            scenario.step("a lost database is made anew, whatever caches still tell of it")
            try scenario.declare(lines)
            try await scenario.minke("up")
            _ = try await scenario.openstack("image", "list")
            try await scenario.engine.removeContainer(try await scenario.member("mariadb1").id, force: true)
            try await scenario.engine.removeVolume("\(scenario.name)-mariadb1-data")
            let plan = try await scenario.minke("plan", expecting: 3).output
            try #require(plan.contains("restart glance-api1: volume \(scenario.name)-mariadb1-data is new"))
            try await scenario.minke("up", "--yes")
            try #require(try await endpoints(in: scenario).count == 6)
            try await scenario.requireNothingToDo()
            // Glance had a token of a project that was lost with the database, and was restarted.
            try #require(try await scenario.openstack("image", "list").list?.isEmpty == true)
            try await scenario.requireNothingToDo()
        }
    }

    @Test func reloadsUntilSettingsAreTaken() async throws {
        try await Scenario.run("reloading", recipes: .project, images: Self.images) { scenario in
            let lines = "services: {mariadb: 1, rabbitmq: 1, memcached: 1, keystone: 2, glance-api: 1, haproxy: 1}"
            let members = ["keystone1", "keystone2", "glance-api1"]
            try scenario.declare(lines)
            try await scenario.build(Self.images)
            try await scenario.minke("up")
            let before = try await scenario.members()
            try #require(try await debugged(members, in: scenario) == [])

            scenario.step("an edited setting is taken, and taken back")
            try scenario.declare(lines + "\nsettings: {debug: true}")
            try await scenario.minke("up")
            try #require(try await debugged(members, in: scenario) == members)
            try scenario.declare(lines)
            try await scenario.minke("up")
            try #require(try await debugged(members, in: scenario) == [])

            scenario.step("a reload that a killed run began is done again, also where the former setting is back")
            try scenario.declare(lines + "\nsettings: {debug: true}")
            let began = Mutex(0)
            let proxy = try EngineProxy(
                socket: "\(scenario.folder)/engine.sock", engine: scenario.engineAddress
            ) { request in
                // Each member is changed by two commands: one puts the files in place, the other reloads the process.
                guard request.method == "POST", request.path.hasSuffix("/start"), request.path.contains("/exec/")
                else { return nil }
                let number = began.withLock { number in
                    number += 1
                    return number
                }
                return number == 4 ? .beforeAnswer : nil
            }
            let killed = try await scenario.start(["up"], through: proxy.address)
            proxy.stop()
            try #require(killed.status == 137)
            try scenario.declare(lines)
            let plan = try await scenario.planLines()
            try #require(plan.contains("reload glance-api1: glance-api.conf was being changed"), "\(plan)")
            try await scenario.minke("up")
            try #require(try await debugged(members, in: scenario) == [])
            try #require(try await scenario.members() == before)
            try await scenario.requireNothingToDo()
        }
    }

    /// The members that log debug messages about a request.
    private func debugged(_ members: [String], in scenario: Scenario) async throws -> [String] {
        var debugged: [String] = []
        for member in members {
            let id = try await scenario.member(member).id
            let words = member.hasPrefix("keystone") ? "5000 /v3 200" : "9292 / 300"
            let before = try await scenario.engine.logs(of: id, LogSelection()).count
            let ask = ["minke-probe", "http"] + words.split(separator: " ").map(String.init)
            try #require(try await scenario.engine.exec(in: id, ExecConfiguration(ask, user: "0")).exitCode == 0)
            // uWSGI's own line comes last.
            try await scenario.eventually("\(member) logs a request", within: .seconds(20)) {
                let lines = try await scenario.engine.logs(of: id, LogSelection()).dropFirst(before)
                return lines.contains { $0.text.contains("127.0.0.1") && $0.text.contains(" bytes in ") }
            }
            let lines = try await scenario.engine.logs(of: id, LogSelection()).dropFirst(before)
            if lines.contains(where: { $0.text.contains(" DEBUG ") }) { debugged.append(member) }
        }
        return debugged
    }

    private func endpoints(in scenario: Scenario) async throws -> [String] {
        let list = try await scenario.openstack("endpoint", "list").list ?? []
        return list.map { endpoint in
            ["Service Type", "Interface", "URL"].map { endpoint[$0]?.string ?? "" }.joined(separator: " ")
        }.sorted()
    }
}
