extension TemplateScope {
    /// The things that only the front sees.
    package enum Front: String, ScopeRecord {
        case endpoints

        package var shape: ScopeShape { .list(FrontEndpoint.self) }
        package var help: String { "every endpoint, with the members behind it" }
    }

    /// An endpoint as the front has it.
    package enum FrontEndpoint: String, ScopeRecord {
        case name, service, mode
        case internalPort = "internal_port"
        case isPublic = "public"
        case timeout, ports, servers, check

        package var shape: ScopeShape {
            switch self {
            case .ports: .list(FrontPort.self)
            case .servers: .list(FrontServer.self)
            case .check: .record(FrontCheck.self)
            default: .value
            }
        }

        package var help: String {
            switch self {
            case .mode: "http or tcp"
            case .internalPort: "the port inside the environment"
            case .isPublic: "whether it is reached from outside"
            case .timeout: "in seconds"
            case .servers: "one for each place that a member's container may take"
            case .check: "nothing where the front only connects"
            case .name, .service, .ports: ""
            }
        }
    }

    /// A port of an endpoint at the front.
    package enum FrontPort: String, ScopeRecord {
        case port
        case containerPort = "container_port"

        package var help: String {
            switch self {
            case .port: "on the host"
            case .containerPort: "inside the front's container"
            }
        }
    }

    /// A place that a member's container may take behind the front.
    package enum FrontServer: String, ScopeRecord {
        case name, member, slot, address, port, capacity

        package var help: String {
            switch self {
            case .slot: "a or b"
            case .capacity: "the number of requests that it answers at the same time; nothing where unknown"
            case .name, .member, .address, .port: ""
            }
        }
    }

    /// The check by which the front tells whether a member answers.
    package enum FrontCheck: String, ScopeRecord {
        case path, status
    }
}
