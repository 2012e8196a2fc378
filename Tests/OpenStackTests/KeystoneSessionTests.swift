import HTTP
import Model
import OpenStack
import System
import TestTools
import Testing

/// A fake of Keystone and another service, which take one token at a time: another login or `expire` ends the one before.
private final class ShortLived: RESTClient {
    struct State {
        var logins = 0
        var valid = ""
        var refusesLogins = false
        /// The requests with tokens: method, token and status.
        var seen: [String] = []
    }
    let state = Locked(State())

    func expire() { state.withLock { $0.valid = "" } }

    func send(_ request: RESTRequest) async throws -> RESTAnswer {
        state.withLock { state in
            if request.url == "http://keystone/v3/auth/tokens" {
                if state.refusesLogins {
                    return RESTAnswer(status: 401, body: ["error": ["message": "wrong password"]])
                }
                state.logins += 1
                state.valid = "token \(state.logins)"
                return RESTAnswer(
                    status: 201, headers: ["x-subject-token": state.valid],
                    body: ["token": ["project": ["id": "p1"]]])
            }
            let isValid = request.token == state.valid
            state.seen.append("\(request.method) \(request.token ?? "-") \(isValid ? 200 : 401)")
            return isValid
                ? RESTAnswer(status: 200, body: ["servers": []])
                : RESTAnswer(status: 401, body: ["error": ["message": "The request requires authentication."]])
        }
    }
}

/// Sessions that last longer than a token.
@Suite struct KeystoneSessionTests {
    private let cloud = ShortLived()

    private func logIn() async throws -> Keystone {
        try await Keystone(url: "http://keystone/v3", user: "a", password: "p", project: "a", client: cloud)
    }

    @Test func aRefusedTokenIsRenewedAndTheRequestSentAgain() async throws {
        let keystone = try await logIn()
        _ = try await keystone.entries("http://nova/servers", list: "servers")
        cloud.expire()
        _ = try await keystone.entries("http://nova/servers", list: "servers")
        try await keystone.delete("http://nova/servers/1")
        #expect(
            cloud.state.value.seen == [
                "GET token 1 200", "GET token 1 401", "GET token 2 200", "DELETE token 2 200",
            ])
        #expect(cloud.state.value.logins == 2)
    }

    @Test func namesItsProjectInURLs() async throws {
        let keystone = try await logIn()
        #expect(keystone.url("http://heat/v1/%(project_id)s/services") == "http://heat/v1/p1/services")
        #expect(keystone.url("http://nova/services") == "http://nova/services")
    }

    @Test func manyRequestsRenewItOnce() async throws {
        let keystone = try await logIn()
        cloud.expire()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<20 {
                group.addTask { _ = try await keystone.entries("http://nova/servers", list: "servers") }
            }
            try await group.waitForAll()
        }
        #expect(cloud.state.value.logins == 2)
        #expect(cloud.state.value.seen.filter { $0 == "GET token 2 200" }.count == 20)
    }

    @Test func aRefusedLoginIsTheError() async throws {
        let keystone = try await logIn()
        cloud.state.withLock { $0.refusesLogins = true }
        cloud.expire()
        let failure = await thrown(RESTFailure.self) {
            _ = try await keystone.entries("http://nova/servers", list: "servers")
        }
        #expect(failure?.description == "POST http://keystone/v3/auth/tokens was answered with 401: wrong password")
        // A later request tries again.
        cloud.state.withLock { $0.refusesLogins = false }
        _ = try await keystone.entries("http://nova/servers", list: "servers")
        #expect(cloud.state.value.logins == 2)
    }

    @Test func anUploadThatIsReadPieceByPieceHasANewToken() async throws {
        let keystone = try await logIn()
        let pieces = RESTRequest("PUT", "http://glance/file", body: .content(.pieces(size: nil, next: { nil })))
        #expect(try await keystone.send(pieces).status == 200)
        #expect(cloud.state.value.seen == ["PUT token 2 200"])
        cloud.expire()
        let bytes = RESTRequest("PUT", "http://glance/file", body: .content(.bytes([1])))
        #expect(try await keystone.send(bytes).status == 200)
        #expect(cloud.state.value.seen.suffix(2) == ["PUT token 2 401", "PUT token 3 200"])
    }
}
