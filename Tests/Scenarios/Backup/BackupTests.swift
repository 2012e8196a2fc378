import Model
import System
import Testing

@Suite struct BackupTests {
    @Test func bringsACloudBackOnAnEmptyHost() async throws {
        try await Scenario.run("backup", recipes: .project, images: IdentityTests.images) { scenario in
            try scenario.declare(
                "services: {mariadb: 1, rabbitmq: 1, memcached: 1, keystone: 1, glance-api: 1, haproxy: 1}")
            try await scenario.build(IdentityTests.images)
            try await scenario.minke("up")
            try await Subprocess("sh", ["-c", "head -c 20M /dev/urandom >sent"], directory: scenario.folder).run()
                .checked()
            try await scenario.openstack(
                do: "image", "create", "--disk-format", "raw", "--container-format", "bare", "--file", "sent", "disk")
            try await scenario.openstack(do: "user", "create", "--password", "known-to-her", "ada")
            try await scenario.openstack(do: "role", "add", "--user", "ada", "--project", "admin", "admin")
            let image = try await scenario.openstack("image", "show", "disk")
            // Bytes that are not text are restored as they were.
            let tables =
                "CREATE DATABASE odd; CREATE TABLE odd.bytes (b BLOB); INSERT INTO odd.bytes VALUES (x'00ff80fe0a')"
            _ = try await scenario.sql(tables, in: "mariadb1")

            scenario.step("the archive is its owner's only")
            let before = try await scenario.members()
            try await scenario.minke("backup", "--output", "cloud.tar")
            let archive = "\(scenario.folder)/cloud.tar"
            try #require(try Files.status(of: archive).mode & 0o777 == 0o600)
            try #require(try await scenario.members() == before)

            scenario.step("it is not restored over what is there")
            let refused = try await scenario.minke("restore", "cloud.tar", expecting: 2)
            try #require(refused.errors.contains("is here already"))

            scenario.step("all is lost: containers, volumes and what was remembered")
            try await scenario.minke("down", "--volumes", "--yes")
            try Files.remove(scenario.stateFolder)
            let left = try await scenario.listing().filter { !$0.hasPrefix("image ") }
            try #require(left.isEmpty, "\(left)")

            scenario.step("it is not restored into an environment of another name")
            let file = try Files.readText(scenario.environmentFile)
            try Files.write(
                file.replacing("name: \(scenario.name)\n", with: "name: \(scenario.name)-other\n"),
                to: scenario.environmentFile)
            let foreign = try await scenario.minke("restore", "cloud.tar", expecting: 2)
            try #require(foreign.errors.contains("the archive is of the environment \(scenario.name), and"))
            try #require(try await scenario.listing().filter { !$0.hasPrefix("image ") }.isEmpty)
            try Files.write(file, to: scenario.environmentFile)

            scenario.step("the cloud is as it was")
            let restored = try await scenario.minke("restore", "cloud.tar", "--json").json()
            try #require(restored["environment"]?.string == scenario.name)
            try #require(restored["volumes"]?.list?.contains(.string("\(scenario.name)-mariadb1-data")) == true)
            try await scenario.minke("status")
            try #require(try await scenario.canLogIn("ada", "known-to-her", project: "admin"))
            try #require(try await scenario.openstack("image", "show", "disk")["id"] == image["id"])
            try await scenario.requireSame(image: "disk", file: "sent")
            try #require(try await scenario.sql("SELECT HEX(b) FROM odd.bytes", in: "mariadb1") == ["00FF80FE0A"])
            try await scenario.requireNothingToDo()
        }
    }
}
