extension ContainerSpecification {
    /// A property as it is hashed, stored and compared. The raw values are in the labels and manifests of containers
    /// that run: another one would replace every container. Plans show `title`, which may change.
    public enum Part: String, Sendable, CaseIterable {
        case image
        case command
        case user
        case environment
        case pod
        case sharesProcesses = "shares processes"
        case network
        case hostname
        case addresses = "address"
        case macAddress = "MAC address"
        case aliases
        case attachments = "networks"
        case mounts = "volumes"
        case files = "configuration"
        case tmpfs
        case ports
        case memory
        case log
        case capabilities
        case devices
        case deviceRules = "device rules"
        case sysctls
        case ulimits
        case security
        case isReadOnly = "read-only"
        case engineSocket = "engine's socket"
        case stopSignal = "stop signal"
        case grace
        case health = "health check"
        case restart

        /// The name in plans.
        public var title: String {
            switch self {
            case .sharesProcesses: "shared process namespace"
            case .addresses: "address"
            case .attachments: "further networks"
            case .files: "configuration"
            case .grace: "grace period"
            case .log: "log limits"
            case .restart: "restart policy"
            default: rawValue
            }
        }
    }

    /// The properties by the raw values of `Part`, in the form that is hashed.
    public var parts: ValueMap {
        var parts = ValueMap()
        func set(_ part: Part, _ value: Value?) { parts[part.rawValue] = value }
        set(.image, .string(imageIdentity.isEmpty ? image : imageIdentity))
        set(.command, command.map(Self.list))
        set(.user, user.map(Value.string))
        set(.environment, Self.map(environment))
        if let pod {
            set(.pod, .string(pod))
            if sharesProcesses { set(.sharesProcesses, true) }
        } else if usesHostNetwork {
            set(.network, "the host's")
        } else {
            set(.hostname, .string("\(hostname).\(domain)"))
            set(.network, .string(network))
            set(.addresses, Self.optionalList(addresses.map(\.description)))
            set(.macAddress, macAddress.map(Value.string))
            set(.aliases, Self.optionalList(aliases))
            set(.attachments, Self.optionalList(attachments.map { "\($0.network) \($0.address)" }))
        }
        set(.mounts, Self.optionalList(mounts.map { "\($0.volume):\($0.path)" }))
        if hasFiles { set(.files, true) }
        set(.tmpfs, Self.optionalList(tmpfs.map { "\($0.path):\($0.options)" }))
        set(
            .ports,
            Self.optionalList(ports.map { "\($0.address):\($0.hostPort):\($0.containerPort)/\($0.transport)" }))
        set(.memory, memory.map(Value.int))
        set(.log, .string("\(logSize)x\(logFiles)"))
        set(.capabilities, Self.optionalList(capabilities))
        set(.devices, Self.optionalList(devices))
        set(.deviceRules, Self.optionalList(deviceRules))
        set(.sysctls, Self.map(sysctls))
        set(.ulimits, Self.map(ulimits.mapValues(String.init)))
        set(.security, Self.optionalList(security))
        if isReadOnly { set(.isReadOnly, true) }
        if usesEngine { set(.engineSocket, true) }
        set(.stopSignal, stopSignal.map(Value.string))
        set(.grace, .double(grace.seconds))
        set(
            .health,
            health.map { health in
                let times = [health.interval, health.timeout, health.startPeriod].map { "\($0.seconds)" }
                return Self.list(health.command + times)
            })
        set(.restart, .string(restart))
        return parts
    }

    private static func list(_ texts: [String]) -> Value { .list(texts.map(Value.string)) }

    /// A list; nil for an empty one.
    private static func optionalList(_ texts: [String]) -> Value? {
        if texts.isEmpty { return Value?.none }
        return list(texts)
    }

    /// A map, sorted by keys; nil for an empty one.
    private static func map(_ texts: [String: String]) -> Value? {
        if texts.isEmpty { return Value?.none }
        return .map(ValueMap(texts.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
    }
}
