import Model
import System
import Testing

@Suite(.timeLimit(.minutes(60)))
struct RollingTests {
    @Test func replacesServicesUnderLoadAndLosesNoRequest() async throws {
        try await Scenario.run("under-load", recipes: .project) { scenario in
            try scenario.declare(IdentityTests.services, tls: true)
            try await scenario.build(IdentityTests.images)
            try await scenario.minke("up")
            try await scenario.minke("clouds-yaml")
            let before = try await scenario.members()

            scenario.step("images of another identity")
            for recipe in ["keystone", "glance-api"] {
                let file = "\(scenario.catalogFolder)/recipes/\(recipe)/Dockerfile"
                try Files.write(try Files.readText(file) + "LABEL io.minke.test.version=2\n", to: file)
            }
            try await scenario.build(["keystone", "glance-api"])

            scenario.step("50 requests a second, on connections that are kept and on new ones, writes, and an upload")
            let token = try await scenario.token()
            let url = "https://\(scenario.publicAddress):5000/v3/auth/tokens"
            let headers = ["X-Auth-Token": token, "X-Subject-Token": token]
            let folder = scenario.folder
            let kept = try Load(url, perSecond: 20, headers: headers, name: "kept", in: folder)
            let closed = try Load(
                url, perSecond: 20, headers: headers.merging(["Connection": "close"]) { $1 }, name: "new", in: folder)
            let images = "https://\(scenario.publicAddress):9292/v2/images"
            let writes = try Load(
                images, perSecond: 10, headers: ["X-Auth-Token": token, "Content-Type": "application/json"],
                body: #"{"name": "written"}"#, name: "writes", in: folder)
            let upload = try await Upload(megabytes: 100, megabytesPerSecond: 4, token: token, in: scenario)
            async let keptResult = kept.run()
            async let closedResult = closed.run()
            async let writesResult = writes.run()
            async let uploadStatus = upload.run()
            try await scenario.eventually("the upload is under way") { try await upload.isUnderWay() }

            scenario.step("all members are replaced meanwhile")
            try await scenario.minke("up")
            let after = try await scenario.members()
            for name in ["keystone1", "keystone2", "glance-api1", "glance-api2"] {
                try #require(after[name]?.id != before[name]?.id, "\(name)")
            }
            for name in ["mariadb1", "memcached1", "haproxy1"] { try #require(after[name] == before[name], "\(name)") }

            scenario.step("the upload arrived whole")
            try #require(try await uploadStatus == 204)
            try await scenario.openstack(do: "image", "save", "--file", "received", "upload")
            let same = try await Subprocess("cmp", ["upload", "received"], directory: scenario.folder).run()
            try #require(same.status.isSuccess, "\(same.outputText)")

            scenario.step("no request was lost")
            for load in [kept, closed, writes] { load.stop() }
            let results = [try await keptResult, try await closedResult, try await writesResult]
            for result in results { scenario.diary.add(result.text) }
            for result in results {
                try #require(result.requests > 100, "\(result.text)")
                try #require(result.lost == 0, "\(result.text)")
            }

            scenario.step("what was written is there, each once")
            let written = try await scenario.sql(
                "SELECT COUNT(*) FROM glance.images WHERE name = 'written'", in: "mariadb1")
            // Some were under way when wrk was stopped.
            let answered = results[2].requests
            try #require(
                (answered...answered + 2).contains(written.first.flatMap { Int($0) } ?? -1), "\(written) of \(answered)"
            )
            try await scenario.requireNothingToDo()
        }
    }
}
