extension TemplateScope {
    /// A network of the environment.
    package enum Network: String, ScopeRecord {
        case subnet, gateway, prefix, mtu
    }

    /// The way in which a cloud is reached from outside.
    package enum PublicAccess: String, ScopeRecord {
        case host, scheme
    }

    /// An endpoint of a service.
    package enum Endpoint: String, ScopeRecord {
        case internalURL = "internal"
        case publicURL = "public"
        case internalBase = "internal_base"
        case publicBase = "public_base"
        case host, port

        package var help: String {
            switch self {
            case .internalURL: "the URL inside the environment, with the path"
            case .publicURL: "the same from outside; that inside for an endpoint with `public: false`"
            case .internalBase, .publicBase: "both without the path"
            case .host, .port: "inside the environment"
            }
        }
    }

    /// A network as several hosts share it.
    package enum Link: String, ScopeRecord {
        case network, mtu, device
        case identifier = "id"
        case ends

        package var shape: ScopeShape {
            switch self {
            case .ends: .list(LinkEnd.self)
            default: .value
            }
        }

        package var help: String {
            switch self {
            case .network: "its name on engines"
            case .identifier: "of the VXLAN"
            case .ends: "every host that has it"
            case .mtu, .device: ""
            }
        }
    }

    /// A host's end of a link.
    package enum LinkEnd: String, ScopeRecord {
        case host, address, gateway

        package var help: String {
            switch self {
            case .address: "at which other hosts reach it"
            case .gateway: "its own address on the network"
            case .host: ""
            }
        }
    }
}
