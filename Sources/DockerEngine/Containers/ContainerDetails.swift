import Model

/// A container as `inspect` shows it.
public struct ContainerDetails: Sendable, Hashable {
    public struct State: Sendable, Hashable {
        public let state: ContainerState
        public let pid: Int
        public let exitCode: Int
        public let outOfMemory: Bool
        /// The reason for which it could not be started.
        public let error: String
        /// RFC 3339; `0001-01-01T00:00:00Z` for never.
        public let started: String
        public let finished: String
        public let health: ContainerHealth
        public let failingStreak: Int
        /// The output of the last health checks, the newest last.
        public let healthLog: [String]
    }

    public let id: String
    public let name: String
    public let created: String
    public let imageID: String
    public let state: State
    public let restartCount: Int
    public let platform: String

    /// The image's name at the time when the container was created.
    public let image: String
    public let labels: [String: String]
    public let environment: [String]
    public let command: [String]
    public let entrypoint: [String]
    public let user: String
    public let hostname: String
    public let hasTerminal: Bool
    public let networkMode: String
    public let networks: [String: NetworkAttachment]
    public let mounts: [MountPoint]
    /// Addresses and ports of the host by `port/protocol`.
    public let ports: [String: [HostPort]]
    /// The engine's whole answer.
    public let raw: Value
}

extension ContainerDetails {
    init(_ value: Value) {
        let configuration = value["Config"] ?? .null
        id = value.text("Id")
        name = String(value.text("Name").drop { $0 == "/" })
        created = value.text("Created")
        imageID = value.text("Image")
        state = State(value["State"] ?? .null)
        restartCount = value.number("RestartCount")
        platform = value.text("Platform")
        image = configuration.text("Image")
        labels = configuration.textMap("Labels")
        environment = configuration.texts("Env")
        command = configuration.texts("Cmd")
        entrypoint = configuration.texts("Entrypoint")
        user = configuration.text("User")
        hostname = configuration.text("Hostname")
        hasTerminal = configuration.flag("Tty")
        networkMode = value["HostConfig"]?.text("NetworkMode") ?? ""
        networks = NetworkAttachment.all(value["NetworkSettings"]?["Networks"])
        mounts = value.items("Mounts").map { MountPoint($0) }
        var ports: [String: [HostPort]] = [:]
        if let map = value["NetworkSettings"]?["Ports"]?.map {
            for (port, hosts) in map {
                ports[port] = (hosts.list ?? []).map {
                    HostPort(address: $0.optionalText("HostIp"), port: Int($0.text("HostPort")))
                }
            }
        }
        self.ports = ports
        raw = value
    }
}

extension ContainerDetails.State {
    init(_ value: Value) {
        state = ContainerState(rawValue: value.text("Status")) ?? .unknown
        pid = value.number("Pid")
        exitCode = value.number("ExitCode")
        outOfMemory = value.flag("OOMKilled")
        error = value.text("Error")
        started = value.text("StartedAt")
        finished = value.text("FinishedAt")
        let check = value["Health"] ?? .null
        health = ContainerHealth(rawValue: check.text("Status")) ?? .none
        failingStreak = check.number("FailingStreak")
        healthLog = check.items("Log").map { $0.text("Output") }
    }
}
