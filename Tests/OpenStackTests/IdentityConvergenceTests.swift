import Model
import OpenStack
import System
import TestTools
import Testing

/// A fake of Keystone, as far as registrations use it: collections of objects that are found, created and deleted.
private final class FakeKeystone: RESTClient {
    let objects = Locked<[String: [ValueMap]]>([:])
    let changes = Locked<[String]>([])

    func send(_ request: RESTRequest) async throws -> RESTAnswer {
        let path = String(request.url.dropFirst("http://keystone/v3".count))
        let parts = path.split(separator: "?").map(String.init)
        let words = parts[0].split(separator: "/").map(String.init)
        if words == ["auth", "tokens"] { return RESTAnswer(status: 201, headers: ["x-subject-token": "t"]) }
        if request.method != "GET" { changes.withLock { $0.append("\(request.method) \(parts[0])") } }
        let kind = words[0]
        switch request.method {
        case "GET":
            let wanted = (parts.count > 1 ? parts[1] : "").split(separator: "&").map { $0.split(separator: "=") }
            let found = (objects.value[kind] ?? []).filter { object in
                wanted.allSatisfy { pair in object[String(pair[0])].map { $0.string == String(pair[1]) } ?? true }
            }
            return RESTAnswer(status: 200, body: [kind: .list(found.map(Value.map))])
        case "POST":
            guard case .json(let body) = request.body, let map = body.map, let name = map.keys.first,
                var made = map[name]?.map
            else {
                return RESTAnswer(status: 400)
            }
            objects.withLock { objects in
                if made["id"] == nil { made["id"] = .string("\(kind)-\((objects[kind] ?? []).count + 1)") }
                objects[kind, default: []].append(made)
            }
            return RESTAnswer(status: 201, body: [String(kind.dropLast()): .map(made)])
        case "DELETE":
            objects.withLock { $0[kind]?.removeAll { $0["id"]?.string == words[1] } }
            return RESTAnswer(status: 204)
        default: return RESTAnswer(status: request.method == "PUT" ? 204 : 200)
        }
    }

    func regionsOfEndpoints() -> [String] {
        (objects.value["endpoints"] ?? []).map { "\($0["interface"]?.string ?? "") \($0["region_id"]?.string ?? "")" }
            .sorted()
    }
}

private final class Ledger: IdentityLedger {
    let made = Locked<[String: String]>([:])

    func note(made path: String, name: String) { made.withLock { $0[path] = name } }
    func wasMade(_ path: String) -> Bool { made.value[path] != nil }
    func forget(made path: String) { made.withLock { $0[path] = nil } }
}

@Suite struct IdentityConvergenceTests {
    private func wanted(region: String) -> WantedIdentity {
        var user = WantedIdentity.User(name: "glance", password: "p", roles: ["admin"])
        user.project = "service"
        var wanted = WantedIdentity(projects: [], roles: [], users: [user])
        wanted.services = [
            .init(
                type: "image", name: "glance", description: "images", region: region,
                urls: ["public": "http://a", "internal": "http://b"])
        ]
        return wanted
    }

    private func logIn(_ fake: FakeKeystone) async throws -> Keystone {
        try await Keystone(url: "http://keystone/v3", user: "a", password: "p", project: "a", client: fake)
    }

    @Test func writesDownWhatItMakesAndNothingElse() async throws {
        let fake = FakeKeystone()
        fake.objects.withLock { $0["users"] = [ValueMap([("id", "theirs"), ("name", "glance")])] }
        let ledger = Ledger()
        let keystone = try await logIn(fake)
        try await keystone.converge(wanted(region: "one"), ledger: ledger)
        #expect(
            ledger.made.value == [
                "/services/services-1": "glance", "/endpoints/endpoints-1": "", "/endpoints/endpoints-2": "",
            ])
        fake.changes.withLock { $0 = [] }
        try await keystone.converge(wanted(region: "one"), ledger: ledger)
        // Roles are assigned again, which changes nothing.
        #expect(fake.changes.value.allSatisfy { $0.hasPrefix("PUT /projects/") || $0 == "POST /auth/tokens" })
    }

    @Test func takesEndpointsOutOfARegionThatHasAnotherName() async throws {
        let fake = FakeKeystone()
        let ledger = Ledger()
        let keystone = try await logIn(fake)
        try await keystone.converge(wanted(region: "one"), ledger: ledger)
        // An endpoint of somebody else, in another region.
        fake.objects.withLock { objects in
            objects["endpoints", default: []].append(
                ValueMap([
                    ("id", "theirs"), ("service_id", "services-1"), ("region_id", "far"), ("interface", "public"),
                ]))
        }
        try await keystone.converge(wanted(region: "two"), ledger: ledger)
        #expect(fake.regionsOfEndpoints() == ["internal two", "public far", "public two"])
        #expect(ledger.made.value.keys.filter { $0.hasPrefix("/endpoints") }.count == 2)
    }

    @Test func keepsUsersInDomainsOfTheirOwn() async throws {
        let fake = FakeKeystone()
        let ledger = Ledger()
        let keystone = try await logIn(fake)
        var user = WantedIdentity.User(name: "keeper", password: "p", roles: ["admin"])
        user.domain = "stacks"
        var wanted = WantedIdentity(projects: [], roles: [], users: [user])
        wanted.domains = [.init(name: "stacks", description: "users of stacks")]
        try await keystone.converge(wanted, ledger: ledger)
        #expect(fake.objects.value["domains"]?.map { $0["name"]?.string } == ["stacks"])
        #expect(fake.objects.value["users"]?.map { $0["domain_id"]?.string } == ["domains-1"])
        #expect(fake.changes.value.contains("PUT /domains/domains-1/users/users-1/roles/roles-1"))
        #expect(ledger.made.value == ["/domains/domains-1": "stacks", "/users/users-1": "keeper"])
        fake.changes.withLock { $0 = [] }
        try await keystone.converge(wanted, ledger: ledger)
        #expect(fake.changes.value.allSatisfy { $0.hasPrefix("PUT ") || $0 == "POST /auth/tokens" })
        fake.changes.withLock { $0 = [] }
        try await keystone.remove("/domains/domains-1")
        #expect(fake.changes.value == ["PATCH /domains/domains-1", "DELETE /domains/domains-1"])
    }

    @Test func aUserOfNoKnownDomainIsRefused() async throws {
        let keystone = try await logIn(FakeKeystone())
        var user = WantedIdentity.User(name: "keeper", password: "p", roles: ["admin"])
        user.domain = "stacks"
        let error = await thrown(Problems.self) {
            try await keystone.converge(WantedIdentity(projects: [], roles: [], users: [user]), ledger: Ledger())
        }
        #expect("\(error.map { "\($0)" } ?? "")" == "Keystone has no domain stacks, which a service's user belongs to")
    }
}
