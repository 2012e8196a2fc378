import Documents
import Model

/// A reader of an environment's document.
final class EnvironmentReading {
    let file: String
    let problems: ProblemList

    init(file: String, problems: ProblemList) {
        self.file = file
        self.problems = problems
    }

    func read(_ node: YAMLNode, record: KeyRecord?) -> Environment {
        var environment = Environment(name: nameOfFile.text, file: file)
        guard
            let reader = MappingReader(node, ReadingContext(problems: problems, record: record, allowsExtensions: true))
        else {
            return environment
        }
        let isDockstack = node["common"] != nil || node["registered_services"] != nil
        environment.name = reader.value("name", .label, default: environment.name)
        if node["name"]?.isNull ?? true { checkNameOfFile() }
        environment.domain = reader.value("domain", .domain, default: environment.domain)
        environment.domainPlace = node["domain"]?.place
        environment.regions = reader.value("regions", .list(of: .region), default: environment.regions)
        environment.images = reader.value("images", .object { self.images($0) }, default: environment.images)
        environment.network = reader.value("network", .object { self.network($0) }, default: environment.network)
        environment.furtherNetworks = reader.value("networks", furtherNetworks, default: [])
        environment.access = reader.value("public", .object { self.access($0) }, default: environment.access)
        let hosts = reader.optional("hosts", self.hosts)
        environment.secrets = reader.value("secrets", secrets, default: [:])
        environment.settings = reader.value("settings", settings, default: [])
        environment.services = reader.value("services", services, default: [])
        environment.common = reader.value("common", common, default: ValueMap())
        environment.registered = reader.value("registered_services", registered, default: [])
        environment.hosts =
            hosts ?? (isDockstack ? Self.implicitHosts(environment.services) : [.init(name: Environment.here)])
        if node["network"] == nil { Self.adoptNetwork(of: node, into: &environment) }
        if environment.spansHosts { Self.leaveRoomForLinks(in: &environment) }
        reader.finish()
        return environment
    }

    private func images(_ reader: MappingReader) -> Environment.Images? {
        var images = Environment.Images()
        images.registry = reader.value("registry", .registry, default: images.registry)
        images.prefix = reader.value("prefix", .imagePath, default: images.prefix)
        images.release = reader.optional("release", .label)
        images.version = reader.value("version", tag, default: images.version)
        images.rootImage = reader.optional("root", .object { $0.required("pull", .imageReference) })
        images.place = reader.place
        return images
    }

    private func network(_ reader: MappingReader) -> Environment.Network? {
        var network = Environment.Network()
        network.subnet = reader.value("subnet", .network, default: network.subnet)
        network.gateway = reader.optional("gateway", .address)
        network.mtu = reader.optional("mtu", .int(in: 576...65535))
        network.place = reader.node["subnet"]?.place ?? reader.place
        for key in ["gateway", "mtu"] { network.keyPlaces[key] = reader.node[key]?.place }
        return network
    }

    private var furtherNetworks: NodeReader<[Environment.FurtherNetwork]> {
        NodeReader { [self] node, context in
            NodeReader<[(key: String, value: Environment.FurtherNetwork)]>.named { name, place, node, inner in
                if !Names.isLabel(name) {
                    inner.problems.add(at: place, "\(context.path) has \"\(name)\", expected \(Names.labelForm)")
                }
                return NodeReader<Environment.FurtherNetwork>.object { reader in
                    guard reader.required("subnet", .network) != nil, let network = self.network(reader) else {
                        return nil
                    }
                    return Environment.FurtherNetwork(name: name, network: network)
                }.read(node, inner)
            }.read(node, context)?.map(\.value)
        }
    }

    private func access(_ reader: MappingReader) -> Environment.PublicAccess? {
        var access = Environment.PublicAccess()
        access.host = reader.value("host", .hostName, default: access.host)
        access.address = reader.value("address", .publishedAddress, default: access.address)
        access.usesTLS = reader.value("tls", .bool, default: access.usesTLS)
        access.place = reader.node["address"]?.place ?? reader.place
        return access
    }

    /// A version in an image's tag.
    var tag: NodeReader<String> {
        NodeReader<String>.text.mapped(expecting: "a version of letters, digits, dots, hyphens and underscores") {
            let allowed = $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || ".-_".contains($0)) }
            return allowed && !$0.isEmpty && $0.utf8.count <= 100 ? $0 : nil
        }
    }

    private var hosts: NodeReader<[Environment.Host]> {
        NodeReader { [self] node, context in
            NodeReader<[(key: String, value: Environment.Host)]>.named { name, place, node, inner in
                if !Names.isHostName(name) {
                    inner.problems.add(
                        at: place, "\(context.path) has \"\(name)\", expected a host name or an address")
                }
                return NodeReader<Environment.Host>.object { reader -> Environment.Host? in
                    var host = Environment.Host(name: name, place: place)
                    host.address = reader.optional("address", .hostAddress)
                    let address = reader.optional("engine", Self.engineAddress)
                    let tls = reader.optional("tls", .object { self.tls($0) })
                    if let address, let tls {
                        host.engine = Environment.RemoteEngine(
                            address: address, authority: tls.authority, certificate: tls.certificate, key: tls.key,
                            place: reader.node["engine"]?.place ?? place)
                    }
                    return host
                }.read(node, inner) ?? Environment.Host(name: name, place: place)
            }.read(node, context)?.map(\.value)
        }
    }

    private static var engineAddress: NodeReader<String> {
        NodeReader<String>.text.mapped(expecting: "tcp://HOST:PORT") { text -> String? in
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 3, parts[0] == "tcp", parts[1].hasPrefix("//"),
                Names.isHostName(String(parts[1].dropFirst(2))), let port = Int(decimal: parts[2]),
                (1...65535).contains(port)
            else { return nil }
            return text
        }
    }

    private func tls(_ reader: MappingReader) -> (authority: String, certificate: String, key: String)? {
        let authority = reader.required("ca", .filled)
        let certificate = reader.required("certificate", .filled)
        let key = reader.required("key", .filled)
        guard let authority, let certificate, let key else { return nil }
        return (resolved(authority), resolved(certificate), resolved(key))
    }

    /// Sets the MTU of networks that span hosts to 1450 where the file has none, since VXLAN adds 50 bytes of headers
    /// to each packet. Further networks take over the environment's.
    private static func leaveRoomForLinks(in environment: inout Environment) {
        environment.network.mtu = environment.network.mtu ?? 1450
        for index in environment.furtherNetworks.indices {
            let own = environment.furtherNetworks[index].network.mtu
            environment.furtherNetworks[index].network.mtu = own ?? environment.network.mtu
        }
    }

    private var secrets: NodeReader<[String: Environment.GivenSecret]> {
        NodeReader { [self] node, context in
            if node.entries == nil {
                refuseInline(node, context)
                return nil
            }
            return NodeReader<[(key: String, value: Environment.GivenSecret)]>.named { name, place, node, inner in
                let parts = name.split(separator: ".", omittingEmptySubsequences: false)
                if parts.count > 3 || !parts.allSatisfy({ Names.isLabel(String($0)) }) {
                    inner.problems.add(
                        at: place,
                        "\(context.path) has \"\(name)\", expected SERVICE.NAME, NAME for the environment, "
                            + "or SERVICE.NAME.MEMBER")
                }
                if node.entries == nil, !node.isNull {
                    self.refuseInline(node, inner)
                    return nil
                }
                return NodeReader<Environment.GivenSecret>.object { reader in
                    reader.required("file", .filled).map {
                        Environment.GivenSecret(file: self.resolved($0), place: reader.place)
                    }
                }.read(node, inner)
            }.read(node, context).map { Dictionary($0.map { ($0.key, $0.value) }) { first, _ in first } }
        }
    }

    /// Refuses a secret written into the file itself, without printing it.
    private func refuseInline(_ node: YAMLNode, _ context: ReadingContext) {
        let isOne = !context.path.description.hasSuffix("secrets")
        problems.add(
            at: node.place,
            isOne
                ? "\(context.path) is written into the environment file" : "secrets is not a mapping of names to files",
            remedy: isOne ? "write {file: PATH}, where only the file at PATH holds it" : "write {NAME: {file: PATH}}")
    }

    /// Resolves a path in the file against the file's own folder.
    private func resolved(_ path: String) -> String {
        if path.hasPrefix("/") { return path }
        guard let slash = file.lastIndex(of: "/") else { return path }
        return file[...slash] + path
    }

    var settings: NodeReader<[Environment.Setting]> {
        NodeReader { node, context in
            NodeReader<[(key: String, value: Environment.Setting)]>.named { name, _, node, _ in
                Environment.Setting(name: name, value: node.value, place: node.place)
            }.read(node, context)?.map(\.value)
        }
    }

    private var common: NodeReader<ValueMap> {
        NodeReader { node, context in
            if let map = node.value.map { return map }
            context.refuse(node, expected: "a mapping")
            return nil
        }
    }

    private var registered: NodeReader<[(service: String, members: [String], place: Place)]> {
        NodeReader { node, context in
            NodeReader<[(key: String, value: (service: String, members: [String], place: Place))]>
                .named { name, place, node, inner in
                    let members = node.isNull ? [] : NodeReader<[String]>.list(of: .filled).read(node, inner)
                    return members.map { (name, $0, place) }
                }.read(node, context)?.map(\.value)
        }
    }

    /// The local host and those that members name, for Dockstack's files, which list no hosts.
    private static func implicitHosts(_ services: [ServiceDeclaration]) -> [Environment.Host] {
        var hosts = [Environment.Host(name: Environment.here)]
        func add(_ name: String?, _ place: Place) {
            guard let name, !hosts.contains(where: { $0.name == name }) else { return }
            hosts.append(Environment.Host(name: name, place: place))
        }
        for service in services {
            add(service.host, service.place)
            for member in service.members { add(member.host, member.place) }
        }
        return hosts
    }

    /// Takes the network from the members' addresses in Dockstack's form, where the file has no network.
    private static func adoptNetwork(of node: YAMLNode, into environment: inout Environment) {
        let services = node["services"]?.entries ?? []
        let addresses = services.flatMap { service in
            ((service.value["members"] ?? service.value).entries ?? []).compactMap { $0.value["ipaddress"] }
        }
        guard let first = addresses.first, let cidr = first.scalar.flatMap({ IPv4Network(text: $0.text) }) else {
            return
        }
        environment.network.subnet = IPv4Network(address: cidr.network, prefix: cidr.prefix)
        environment.network.place = first.place
        let gateways = Set(environment.services.flatMap(\.members).compactMap(\.gateway))
        if gateways.count == 1 { environment.network.gateway = gateways.first }
    }
}
