import Model
import OpenStack
import System

/// A fake of Glance, Nova, Neutron and Keystone, as far as the demo uses them. Unknown requests are recorded.
final class FakeCloud: RESTClient {
    struct State: Sendable {
        /// The objects by collection, such as `networks` or `servers`.
        var objects: [String: [ValueMap]] = [:]
        var number = 0
        /// The requests that changed something, such as `POST networks external`.
        var changes: [String] = []
        var unexpected: [String] = []
        /// The ids of objects that something else than the demo uses, so that they cannot be deleted.
        var busy: Set<String> = []
        /// The number of requests for an instance that still find it in BUILD.
        var looksUntilBuilt = 2
        /// The reason why new instances end in ERROR; nil if they become ACTIVE.
        var fault: String?
        var hypervisors: [Value] = [["state": "up", "status": "enabled", "service": ["host": "compute1"]]]
        var agents: [Value] = ["DHCP agent", "L3 agent", "Open vSwitch agent"].map {
            ["agent_type": .string($0), "host": "compute1", "alive": true, "admin_state_up": true]
        }
        var console = "booting\n"
        var consoleAfter = "booting\nminke-guest: host key ssh-ed25519 AAAAkey\nminke-guest: ready after 3.00 s\n"
        var consoleLooks = 0
        /// The number of changes after which the connection breaks, once; the last of them is carried out.
        var breaksAfter: Int?
        var looks: [String: Int] = [:]
    }

    let state = Locked(State())

    struct Broken: Error {}

    func send(_ request: RESTRequest) async throws -> RESTAnswer {
        try state.withLock { state in
            let answer = state.answer(request)
            if request.method != "GET", let left = state.breaksAfter, state.changes.count >= left {
                state.breaksAfter = nil
                throw Broken()
            }
            return answer
        }
    }

    func change(_ body: @Sendable (inout State) -> Void) { state.withLock { body(&$0) } }

    /// Returns the requests that changed something since the last call.
    func takeChanges() -> [String] {
        state.withLock { state in
            defer { state.changes = [] }
            return state.changes
        }
    }

    /// The names of the objects of a collection.
    func names(_ collection: String) -> [String] {
        (state.value.objects[collection] ?? []).map { $0["name"]?.string ?? "" }
    }

    func keystone() async throws -> Keystone {
        try await Keystone(url: "http://cloud:5000/v3", user: "admin", password: "p", project: "admin", client: self)
    }
}

extension FakeCloud.State {
    fileprivate mutating func answer(_ request: RESTRequest) -> RESTAnswer {
        let url = request.url.dropFirst("http://cloud:".count)
        let path = url.prefix { $0 != "?" }.split(separator: "/").map(String.init)
        let query = url.split(separator: "?", maxSplits: 1).dropFirst().first.map(String.init) ?? ""
        guard path.count >= 3 else { return unknown(request) }
        if path[0] == "5000" { return token() }
        guard request.token == "the-token" else { return RESTAnswer(status: 401) }
        var body = ValueMap()
        if case .json(let value) = request.body { body = value.map ?? ValueMap() }
        let rest = Array(path.dropFirst(2))
        switch path[0] + path[1] {
        case "9292v2": return glance(request, rest, query, body)
        case "8774v2.1": return nova(request, rest, body)
        case "9696v2.0": return neutron(request, rest, query, body)
        default: return unknown(request)
        }
    }

    private mutating func unknown(_ request: RESTRequest) -> RESTAnswer {
        unexpected.append("\(request.method) \(request.url)")
        return RESTAnswer(status: 501)
    }

    private func token() -> RESTAnswer {
        let urls = [
            "image": "http://cloud:9292", "compute": "http://cloud:8774/v2.1", "network": "http://cloud:9696/",
        ]
        let catalog = urls.map { type, url -> Value in
            [
                "type": .string(type),
                "endpoints": [["interface": "public", "region_id": "RegionOne", "url": .string(url)]],
            ]
        }
        return RESTAnswer(
            status: 201, headers: ["x-subject-token": "the-token"], body: ["token": ["catalog": .list(catalog)]])
    }

    // MARK: Objects

    /// Creates an object with a new id.
    mutating func make(_ collection: String, _ fields: ValueMap) -> ValueMap {
        number += 1
        var object = ValueMap([("id", .string("\(collection)-\(number)"))])
        for (key, value) in fields { object[key] = value }
        objects[collection, default: []].append(object)
        return object
    }

    func find(_ collection: String, _ id: String) -> ValueMap? {
        objects[collection]?.first { ($0["id"] ?? $0["name"])?.string == id }
    }

    mutating func update(_ collection: String, _ id: String, _ body: (inout ValueMap) -> Void) {
        guard let index = objects[collection]?.firstIndex(where: { $0["id"]?.string == id }) else { return }
        objects[collection]?[index].with(body)
    }

    private mutating func remove(_ collection: String, _ id: String) -> RESTAnswer {
        guard let object = find(collection, id) else { return RESTAnswer(status: 404) }
        if busy.contains(id) {
            return RESTAnswer(
                status: 409, body: ["NeutronError": ["message": .string("\(id) is in use"), "type": "InUse"]])
        }
        changes.append("DELETE \(collection) \(object["name"]?.string ?? id)")
        objects[collection]?.removeAll { ($0["id"] ?? $0["name"])?.string == id }
        return RESTAnswer(status: 204)
    }

    private func list(_ collection: String, _ key: String, query: String = "") -> RESTAnswer {
        let wanted = query.split(separator: "&").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
        let found = (objects[collection] ?? []).filter { object in
            wanted.allSatisfy { pair in
                guard pair.count == 2, pair[0] != "limit", pair[0] != "tag" else { return true }
                return object[pair[0]]?.string == pair[1].decoded
            }
        }
        return RESTAnswer(status: 200, body: [key: .list(found.map(Value.map))])
    }

    // MARK: Services

    private mutating func glance(
        _ request: RESTRequest, _ path: [String], _ query: String, _ body: ValueMap
    ) -> RESTAnswer {
        switch (request.method, path.count) {
        case ("GET", 1):
            let tag = query.split(separator: "&").first { $0.hasPrefix("tag=") }.map { String($0.dropFirst(4)).decoded }
            let found = (objects["images"] ?? []).filter { image in
                image["tags"]?.list?.contains { $0.string == tag } ?? false
            }
            return RESTAnswer(status: 200, body: ["images": .list(found.map(Value.map))])
        case ("GET", 2):
            return find("images", path[1]).map { RESTAnswer(status: 200, body: .map($0)) } ?? RESTAnswer(status: 404)
        case ("POST", 1):
            changes.append("POST images \(body["name"]?.string ?? "")")
            var image = body
            image["status"] = "queued"
            return RESTAnswer(status: 201, body: .map(make("images", image)))
        case ("PUT", 3) where path[2] == "file":
            changes.append("PUT images file")
            guard find("images", path[1])?["status"]?.string == "queued", case .content = request.body else {
                return RESTAnswer(status: 409)
            }
            update("images", path[1]) { $0["status"] = "active" }
            return RESTAnswer(status: 204)
        case ("DELETE", 2): return remove("images", path[1])
        default: return unknown(request)
        }
    }

    private mutating func nova(_ request: RESTRequest, _ path: [String], _ body: ValueMap) -> RESTAnswer {
        guard request.headers.contains(where: { $0.value == "compute 2.55" }) else { return unknown(request) }
        switch (request.method, path[0], path.count) {
        case ("GET", "os-hypervisors", 2): return RESTAnswer(status: 200, body: ["hypervisors": .list(hypervisors)])
        case ("GET", "flavors", 2): return list("flavors", "flavors")
        case ("POST", "flavors", 1):
            let fields = body["flavor"]?.map ?? ValueMap()
            changes.append("POST flavors \(fields["name"]?.string ?? "")")
            return RESTAnswer(status: 200, body: ["flavor": .map(make("flavors", fields))])
        case ("GET", "os-keypairs", 1):
            let items = (objects["os-keypairs"] ?? []).map { Value.map(ValueMap([("keypair", .map($0))])) }
            return RESTAnswer(status: 200, body: ["keypairs": .list(items)])
        case ("POST", "os-keypairs", 1):
            let fields = body["keypair"]?.map ?? ValueMap()
            changes.append("POST os-keypairs \(fields["name"]?.string ?? "")")
            objects["os-keypairs", default: []].append(fields)
            return RESTAnswer(status: 201, body: ["keypair": .map(fields)])
        case ("GET", "servers", 2) where path[1] == "detail": return list("servers", "servers")
        case ("GET", "servers", 2): return server(path[1])
        case ("POST", "servers", 1):
            var fields = body["server"]?.map ?? ValueMap()
            changes.append("POST servers \(fields["name"]?.string ?? "")")
            fields["status"] = "BUILD"
            fields["OS-EXT-STS:task_state"] = "spawning"
            fields["image"] = ["id": fields["imageRef"] ?? .null]
            return RESTAnswer(status: 202, body: ["server": .map(make("servers", fields))])
        case ("POST", "servers", 3) where body.keys == ["os-getConsoleOutput"]:
            consoleLooks += 1
            return RESTAnswer(status: 200, body: ["output": .string(consoleLooks < 3 ? console : consoleAfter)])
        case ("POST", "servers", 3) where body.keys == ["os-start"]:
            changes.append("POST servers start")
            update("servers", path[1]) { $0["status"] = "ACTIVE" }
            return RESTAnswer(status: 202)
        case ("DELETE", _, 2): return remove(path[0], path[1])
        default: return unknown(request)
        }
    }

    /// Reads an instance; each request brings its build a step forward.
    private mutating func server(_ id: String) -> RESTAnswer {
        looks[id, default: 0] += 1
        if find("servers", id)?["status"]?.string == "BUILD", looks[id] ?? 0 > looksUntilBuilt {
            let fault = fault
            update("servers", id) { server in
                server["status"] = fault == nil ? "ACTIVE" : "ERROR"
                server["OS-EXT-STS:task_state"] = .null
                server["OS-EXT-SRV-ATTR:host"] = "compute1"
                if let fault { server["fault"] = ["message": .string(fault)] }
            }
            if fault == nil {
                for port in objects["ports"] ?? [] {
                    update("ports", port["id"]?.string ?? "") { $0["status"] = "ACTIVE" }
                }
            }
        }
        return find("servers", id).map { RESTAnswer(status: 200, body: ["server": .map($0)]) }
            ?? RESTAnswer(status: 404)
    }

    private mutating func neutron(
        _ request: RESTRequest, _ path: [String], _ query: String, _ body: ValueMap
    ) -> RESTAnswer {
        let collection = path[0]
        let key = String(collection.dropLast().map { $0 == "-" ? "_" : $0 })
        let fields = body[key]?.map ?? ValueMap()
        switch (request.method, path.count) {
        case ("GET", 1) where collection == "agents": return RESTAnswer(status: 200, body: ["agents": .list(agents)])
        case ("GET", 1): return list(collection, "\(key)s", query: query)
        case ("GET", 2):
            return find(collection, path[1]).map { RESTAnswer(status: 200, body: [key: .map($0)]) }
                ?? RESTAnswer(status: 404)
        case ("POST", 1) where collection == "security-group-rules":
            let rules = body["security_group_rules"]?.list ?? []
            changes.append("POST security-group-rules \(rules.count)")
            for var rule in rules.compactMap(\.map) {
                // Neutron stores the range of all ports as no range.
                if rule["port_range_max"] == 65535 {
                    rule["port_range_min"] = .null
                    rule["port_range_max"] = .null
                }
                let rule = Value.map(rule)
                update("security-groups", rule["security_group_id"]?.string ?? "") { group in
                    group["security_group_rules"] = .list((group["security_group_rules"]?.list ?? []) + [rule])
                }
            }
            return RESTAnswer(status: 201, body: .map(body))
        case ("POST", 1):
            changes.append("POST \(collection) \(fields["name"]?.string ?? "")")
            return RESTAnswer(status: 201, body: [key: .map(make(collection, completed(collection, fields)))])
        case ("PUT", 2):
            changes.append("PUT \(collection)")
            update(collection, path[1]) { object in for (key, value) in fields { object[key] = value } }
            return RESTAnswer(status: 200)
        case ("PUT", 3) where path[2] == "add_router_interface":
            changes.append("PUT add_router_interface")
            let subnet = body["subnet_id"] ?? .null
            let addresses: Value = [["subnet_id": subnet]]
            _ = make("ports", ValueMap([("device_id", .string(path[1])), ("fixed_ips", addresses)]))
            return RESTAnswer(status: 200)
        case ("PUT", 3) where path[2] == "remove_router_interface":
            changes.append("PUT remove_router_interface")
            objects["ports"]?.removeAll { $0["device_id"]?.string == path[1] }
            return RESTAnswer(status: 200)
        case ("DELETE", 2): return remove(collection, path[1])
        default: return unknown(request)
        }
    }

    /// The fields of a new object, with those that Neutron adds.
    private func completed(_ collection: String, _ fields: ValueMap) -> ValueMap {
        var all = fields
        switch collection {
        case "ports":
            all["status"] = "DOWN"
            all["fixed_ips"] = [["subnet_id": "?", "ip_address": "198.19.0.5"]]
        case "floatingips":
            all["floating_ip_address"] = "198.18.18.200"
            all["status"] = "ACTIVE"
        default: break
        }
        return all
    }
}

extension ValueMap {
    fileprivate mutating func with(_ body: (inout ValueMap) -> Void) { body(&self) }
}

extension String {
    /// The text with percent-encoding removed.
    fileprivate var decoded: String {
        let parts = split(separator: "%", omittingEmptySubsequences: false)
        var bytes = Array((parts.first ?? "").utf8)
        for part in parts.dropFirst() {
            bytes.append(UInt8(part.prefix(2), radix: 16) ?? 0)
            bytes += Array(part.dropFirst(2).utf8)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
