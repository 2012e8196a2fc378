import Model
import System
import Testing

/// The identity cloud under load, and after restarts of the engine. All tests share the engine, so nothing else runs
/// meanwhile.
@Suite struct RollingTests {
    @Test(.enabled(if: environmentVariable("MINKE_TEST_DOCKER_HOST") != nil))
    func losesNoRequestToReplacementsAndComesBackAfterRestarts() async throws {
        try await Scenario.run("under-load", recipes: .project, images: IdentityTests.images, alone: true) { scenario in
            try scenario.declare(IdentityTests.services, tls: true)
            try await scenario.build(IdentityTests.images)
            try await scenario.minke("up")
            try await scenario.minke("clouds-yaml")
            let before = try await scenario.members()

            scenario.step("images of another identity")
            try scenario.changeImages(of: ["keystone", "glance-api"], to: "2")
            try await scenario.build(["keystone", "glance-api"])

            scenario.step("50 requests a second, on connections that are kept and on new ones, writes, and an upload")
            let token = try await scenario.token()
            let tokens = Load.Request(
                url: "https://\(scenario.publicAddress):5000/v3/auth/tokens",
                headers: ["X-Auth-Token": token, "X-Subject-Token": token])
            let images = Load.Request(
                method: "POST", url: "https://\(scenario.publicAddress):9292/v2/images",
                headers: ["X-Auth-Token": token, "Content-Type": "application/json"], body: #"{"name": "written"}"#)
            let loads = Loads(all: [
                try Load("kept", tokens, perSecond: 20, connections: .kept, in: scenario),
                try Load("new", tokens, perSecond: 20, connections: .new, in: scenario),
                try Load("writes", images, perSecond: 10, connections: .kept, in: scenario),
            ])
            let start = now()
            let results = try await loads.during(scenario) {
                let upload = try await Upload(megabytes: 100, megabytesPerSecond: 4, token: token, in: scenario)
                async let status = upload.run()
                try await scenario.eventually("the upload is under way") { try await upload.isUnderWay() }

                scenario.step("all members are replaced meanwhile")
                try await scenario.minke("up")
                let after = try await scenario.members()
                for name in ["keystone1", "keystone2", "glance-api1", "glance-api2"] {
                    try #require(after[name]?.id != before[name]?.id, "\(name)")
                }
                for name in ["mariadb1", "memcached1", "haproxy1"] {
                    try #require(after[name] == before[name], "\(name)")
                }

                scenario.step("a member is stopped, started and restarted meanwhile")
                try await scenario.minke("stop", "keystone2")
                try await scenario.minke("start", "keystone2")
                try await scenario.minke("restart", "keystone")

                scenario.step("the upload arrived whole")
                try #require(try await status == 204)
                try await scenario.requireSame(image: "upload", file: "upload")
            }

            scenario.step("no request was lost, and none was sent twice")
            try loads.requireNothingLost(results)
            try #require(results.map(\.rate).reduce(0, +) >= 49)
            let log = try await FrontLog(since: start, of: scenario)
            // On an overloaded machine the front's log lacked some lines; the exact number of writes is checked in the
            // database below. The upload's image is created by another request.
            let asked = log.count("GET", "/v3/auth/tokens")
            try #require(asked >= (results[0].sent + results[1].sent) * 9 / 10)
            try #require(log.count("POST", "/v2/images") <= results[2].sent + 1)
            // Members are drained before they end, so the front never has to try another server.
            try #require(log.retried == [])

            scenario.step("what was written is there, each once")
            let written = try await scenario.sql(
                "SELECT COUNT(*) FROM glance.images WHERE name = 'written'", in: "mariadb1")
            try #require(written == ["\(results[2].answered)"], "\(results[2])")
            try await scenario.requireNothingToDo()
            try await scenario.requireReturnAfterRestarts(image: "upload", file: "upload")
        }
    }
}
