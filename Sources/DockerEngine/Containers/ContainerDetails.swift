import Model

/// A container as `inspect` shows it.
public struct ContainerDetails: Sendable, Hashable {
    /// The state of a container's process and its health.
    public struct State: Sendable, Hashable {
        /// The state.
        public let state: ContainerState
        /// The process id on the host; 0 while the container does not run.
        public let pid: Int
        /// The exit code of the last run.
        public let exitCode: Int
        /// Whether the kernel killed the container for lack of memory.
        public let outOfMemory: Bool
        /// The reason why the container could not be started; empty for none.
        public let error: String
        /// The start of the last run, in RFC 3339; `0001-01-01T00:00:00Z` for never.
        public let started: String
        /// The end of the last run, in RFC 3339; `0001-01-01T00:00:00Z` for never.
        public let finished: String
        /// The last result of the health check.
        public let health: ContainerHealth
        /// The number of failed health checks in a row.
        public let failingStreak: Int
        /// The outputs of the last health checks, the newest last.
        public let healthLog: [String]
    }

    /// The container's id.
    public let id: String
    /// The name without leading slash.
    public let name: String
    /// The time of creation, in RFC 3339.
    public let created: String
    /// The image's id.
    public let imageID: String
    /// The state of the process.
    public let state: State
    /// The number of restarts by the restart policy.
    public let restartCount: Int
    /// The operating system, such as `linux`.
    public let platform: String

    /// The image's name at the time when the container was created.
    public let image: String
    /// The labels, the image's included.
    public let labels: [String: String]
    /// Environment variables as `NAME=VALUE`, the image's included.
    public let environment: [String]
    /// The command (`Cmd`).
    public let command: [String]
    /// The entrypoint; empty for none.
    public let entrypoint: [String]
    /// The user; empty for root.
    public let user: String
    /// The host name.
    public let hostname: String
    /// Whether the container has a pseudo-terminal.
    let hasTerminal: Bool
    /// The network mode: a network's name, `bridge`, `host`, `none` or `container:ID`.
    public let networkMode: String
    /// The container's places on networks, by the networks' names.
    public let networks: [String: NetworkAttachment]
    /// The mounts, volumes included.
    public let mounts: [MountPoint]
    /// The host's addresses and ports, by `port/protocol`.
    public let ports: [String: [HostPort]]
    /// The engine's whole response.
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
