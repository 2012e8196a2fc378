import Model
import Testing

/// Requests to every API of a cloud: reads over kept and over new connections, and writes.
enum CloudLoad {
    /// The rate of all requests together, per second. A list of Nova or Neutron takes a processor a tenth of a second;
    /// more than half the capacity of two processors would leave nothing for the work meanwhile.
    static let perSecond = 10.0

    private static let readsPerSecond = 0.8
    private static let writesPerSecond = 0.4

    /// Creates the objects that the requests read and change, which nothing else uses, and the streams.
    static func prepare(_ scenario: Scenario) async throws -> Loads {
        try await scenario.minke("clouds-yaml")
        let token = try await scenario.token()
        let base = "https://\(scenario.publicAddress)"
        let headers = ["X-Auth-Token": token, "Content-Type": "application/json"]
        let placement = headers.merging(["OpenStack-API-Version": "placement 1.39"]) { $1 }
        let project = try await identifier(of: ["project", "create", "load"], scenario)
        let flavor = try await identifier(
            of: ["flavor", "create", "--ram", "64", "--disk", "1", "--vcpus", "1", "load"], scenario)
        let scope = try await identifier(of: ["address", "scope", "create", "load"], scenario)
        func read(_ path: String) -> Load.Request { Load.Request(url: "\(base):\(path)", headers: headers) }
        let reads = [
            ("keystone", read("5000/v3/projects")), ("nova", read("8774/v2.1/servers")),
            ("neutron", read("9696/v2.0/networks")), ("placement", read("8778/resource_providers")),
            ("glance", read("9292/v2/images?limit=5")),
        ]
        let writes = [
            (
                "keystone",
                Load.Request(
                    method: "PATCH", url: "\(base):5000/v3/projects/\(project)", headers: headers,
                    body: #"{"project": {"description": "written"}}"#)
            ),
            (
                "nova",
                Load.Request(
                    method: "POST", url: "\(base):8774/v2.1/flavors/\(flavor)/os-extra_specs", headers: headers,
                    body: #"{"extra_specs": {"load:written": "1"}}"#)
            ),
            (
                "neutron",
                Load.Request(
                    method: "PUT", url: "\(base):9696/v2.0/address-scopes/\(scope)", headers: headers,
                    body: #"{"address_scope": {"name": "load"}}"#)
            ),
            (
                "placement",
                Load.Request(method: "PUT", url: "\(base):8778/traits/CUSTOM_LOAD", headers: placement)
            ),
            (
                "glance",
                Load.Request(
                    method: "POST", url: "\(base):9292/v2/images", headers: headers, body: #"{"name": "written"}"#)
            ),
        ]
        var all: [Load] = []
        for (name, request) in reads {
            all.append(
                try Load("\(name)-kept", request, perSecond: readsPerSecond, connections: .kept, in: scenario))
            all.append(try Load("\(name)-new", request, perSecond: readsPerSecond, connections: .new, in: scenario))
        }
        for (name, request) in writes {
            // Placement answers 204 with a length, after which the front closes the client's connection.
            let connections: Load.Connections = name == "placement" ? .new : .kept
            all.append(
                try Load(
                    "\(name)-writes", request, perSecond: writesPerSecond, connections: connections, in: scenario))
        }
        return Loads(all: all)
    }

    private static func identifier(of words: [String], _ scenario: Scenario) async throws -> String {
        try #require(try await scenario.openstack(words)["id"]?.string)
    }
}
