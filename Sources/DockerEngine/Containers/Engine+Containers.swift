import HTTP
import Model
import System

extension Engine {
    /// Lists the containers that pass the filters, stopped ones included unless `all` is false.
    public func containers(all: Bool = true, filters: Filters = [:]) async throws -> [ContainerSummary] {
        let query = [("all", all ? "1" : "0")] + filters.pair
        let value = try await call("list containers", "GET", "/containers/json", query: query).json()
        return (value.list ?? []).map { ContainerSummary($0) }
    }

    /// Reads the details of one container, by name or id.
    public func inspectContainer(_ container: String) async throws -> ContainerDetails {
        ContainerDetails(
            try await call("inspect container \(container)", "GET", "\(path(container))/json").json())
    }

    /// Reads the details of one container, by name or id; returns nil where it does not exist.
    public func findContainer(_ container: String) async throws -> ContainerDetails? {
        do {
            return try await inspectContainer(container)
        } catch let error as EngineError where error.isNotFound {
            return nil
        }
    }

    /// Creates a container on all its networks, with further calls before API 1.44, and returns its id.
    public func createContainer(name: String?, _ configuration: ContainerConfiguration) async throws -> String {
        let version = try await apiVersion()
        let primary = configuration.primaryNetwork
        let what = "create container \(name ?? "of \(configuration.image)")"
        let response = try await call(
            what, "POST", "/containers/create", query: name.map { [("name", $0)] } ?? [],
            json: configuration.json(primary: primary, for: version))
        let id = try response.json().text("Id")
        if version < APIVersion(1, 44), let primary {
            do {
                for (network, endpoint) in configuration.networks.sorted(by: { $0.key < $1.key })
                where network != primary {
                    try await connect(id, to: network, endpoint)
                }
            } catch {
                try? await removeContainer(id, force: true)
                throw error
            }
        }
        return id
    }

    /// Starts a container; a running one is left alone.
    public func startContainer(_ container: String) async throws {
        try await call("start container \(container)", "POST", "\(path(container))/start", limit: .seconds(120))
    }

    /// Asks a container to end and kills it after `grace` or, where that is nil, after the container's own stop
    /// timeout.
    public func stopContainer(_ container: String, grace: Duration? = nil) async throws {
        let query = grace.map { [("t", String($0.components.seconds))] } ?? []
        let limit = grace.map { $0 + Engine.shortLimit }
        try await call("stop container \(container)", "POST", "\(path(container))/stop", query: query, limit: limit)
    }

    /// Stops and starts a container.
    public func restartContainer(_ container: String, grace: Duration? = nil) async throws {
        let query = grace.map { [("t", String($0.components.seconds))] } ?? []
        let limit = grace.map { $0 + .seconds(120) }
        try await call(
            "restart container \(container)", "POST", "\(path(container))/restart", query: query, limit: limit)
    }

    /// Sends a signal, by its name with or without `SIG`, to a container's first process.
    public func killContainer(_ container: String, signal: String = "KILL") async throws {
        try await call(
            "send \(signal) to container \(container)", "POST", "\(path(container))/kill", query: [("signal", signal)])
    }

    /// Gives a container another name.
    public func renameContainer(_ container: String, to name: String) async throws {
        try await call(
            "rename container \(container) to \(name)", "POST", "\(path(container))/rename", query: [("name", name)])
    }

    /// Removes a container; one that does not exist is no error. Where the engine is removing it already, its end is
    /// awaited.
    ///
    /// - Parameters:
    ///   - force: whether to kill the container first where it runs.
    ///   - volumes: whether to remove its anonymous volumes as well.
    public func removeContainer(_ container: String, force: Bool = false, volumes: Bool = false) async throws {
        let query = [("force", force ? "1" : "0"), ("v", volumes ? "1" : "0")]
        try await poll(
            every: .milliseconds(50), growingTo: .seconds(1), within: .seconds(180),
            for: "the removal of container \(container)"
        ) { () -> Result<Void, any Error>? in
            do {
                try await call(
                    "remove container \(container)", "DELETE", path(container), query: query, limit: .seconds(180),
                    allowing: [404])
                return .success(())
            } catch let error as EngineError where error.isConflict && error.message.contains("already in progress") {
                return nil
            } catch {
                return .failure(error)
            }
        }.get()
    }

    /// Waits until a container does not run and returns its exit code.
    public func waitForContainer(_ container: String, limit: Duration? = nil) async throws -> Int {
        let value = try await call(
            "wait for container \(container)", "POST", "\(path(container))/wait", limit: limit
        ).json()
        if let message = value["Error"]?.optionalText("Message") {
            throw EngineError(call: "wait for container \(container)", status: 200, message: message)
        }
        return value.number("StatusCode")
    }

    /// Changes the limits and the restart policy of a container, which may run; nil keeps a value.
    public func updateContainer(
        _ container: String, memory: Int? = nil, memoryWithSwap: Int? = nil, nanoCPUs: Int? = nil,
        processLimit: Int? = nil, restart: RestartPolicy? = nil
    ) async throws {
        var object = JSONObject()
        object.set("Memory", memory)
        object.set("MemorySwap", memoryWithSwap)
        object.set("NanoCpus", nanoCPUs)
        object.set("PidsLimit", processLimit)
        if let restart { object.set("RestartPolicy", restart.json) }
        try await call(
            "update container \(container)", "POST", "\(path(container))/update", json: object.value)
    }

    func path(_ container: String) -> String { "/containers/\(percentEncoded(container))" }
}
