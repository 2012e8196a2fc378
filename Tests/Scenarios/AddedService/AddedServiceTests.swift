import HTTP
import Model
import System
import Testing

@Suite struct AddedServiceTests {
    @Test func runsAServiceThatIsOnlyAFolder() async throws {
        try await Scenario.run("added", recipes: .project) { scenario in
            scenario.step("a folder is laid beside the others")
            let source = "\(Places.repository)/Tests/Scenarios/AddedService/notes"
            try await Subprocess("cp", ["-R", source, "\(scenario.catalogFolder)/recipes/"]).run().checked()
            try scenario.declare("services: {mariadb: 1, memcached: 1, keystone: 1, haproxy: 1, notes: 2}")
            try await scenario.build(["mariadb", "memcached", "keystone", "haproxy", "client", "notes"])
            try await scenario.minke("up")
            try await scenario.minke("status")

            scenario.step("Keystone knows it, with its user")
            let catalog = try await scenario.openstack("catalog", "show", "notes")
            try #require(JSON.text(catalog).contains("http://\(scenario.publicAddress):9777/v1"))
            let roles = try await scenario.openstack("role", "assignment", "list", "--names", "--user", "notes")
            try #require(scenario.column("Project", of: roles) == ["service@Default"])

            scenario.step("through the front, both of it serve who has a token, and share a database")
            let url = "http://\(scenario.publicAddress):9777/v1"
            let client = HTTPClient()
            try #require(try await client.send(HTTPRequest("GET", url)).status == 401)
            let token = [(name: "X-Auth-Token", value: try await scenario.token())]
            var answered: Set<String> = []
            for number in 1...8 {
                let request = HTTPRequest("POST", url, headers: token, body: .bytes(Array("note \(number)".utf8)))
                let response = try await client.send(request)
                try #require(response.status == 200, "\(response.text)")
                let answer = try response.json()
                try #require(answer["notes"]?.list?.count == number)
                answered.insert(answer["member"]?.string ?? "")
            }
            try #require(answered == ["notes1", "notes2"])
            try await scenario.requireNothingToDo()

            scenario.step("another one more of it serves as well")
            try scenario.declare("services: {mariadb: 1, memcached: 1, keystone: 1, haproxy: 1, notes: 3}")
            let before = try await scenario.members()
            try await scenario.minke("up")
            let after = try await scenario.members()
            for (name, trace) in before { try #require(after[name] == trace, "\(name)") }
            try await scenario.eventually("notes3 is asked by the front") {
                let response = try await client.send(HTTPRequest("GET", url, headers: token))
                return try response.json()["member"]?.string == "notes3"
            }
        }
    }
}
