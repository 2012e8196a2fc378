extension TemplateScope {
    /// A member of a service.
    package enum Member: String, ScopeRecord {
        case name, index, address, host, hostname, pod, addresses

        package var shape: ScopeShape {
            switch self {
            case .addresses: .map(.networks, .value)
            default: .value
            }
        }

        package var help: String {
            switch self {
            case .index: "from 0"
            case .address: "on the environment's network; a pod's for a member in one"
            case .hostname: "the container's; a pod's for a member in one"
            case .pod: "the member whose pod it is in; empty without one"
            case .addresses: "its address on a further network"
            case .name, .host: ""
            }
        }
    }

    /// The service that a template belongs to.
    package enum Service: String, ScopeRecord {
        case name, members

        package var shape: ScopeShape {
            switch self {
            case .members: .list(Member.self)
            case .name: .value
            }
        }

        package var help: String {
            switch self {
            case .members: "every member"
            case .name: ""
            }
        }
    }

    /// A service that another one requires.
    package enum RequiredService: String, ScopeRecord {
        case address, name, members, ports

        package var shape: ScopeShape {
            switch self {
            case .members: .list(Member.self)
            case .ports: .map(.listeners, .value)
            case .address, .name: .value
            }
        }

        package var help: String {
            switch self {
            case .address, .name: "the first member's"
            case .members: "every member, or the one in the same pod where there is one"
            case .ports: "port numbers"
            }
        }
    }
}
