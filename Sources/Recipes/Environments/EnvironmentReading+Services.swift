import Documents
import Model
import Templates

extension EnvironmentReading {
    private static let serviceKeys = [
        "replicas", "region", "host", "image", "settings", "memory", "config", "members",
    ]
    private static let dockstackKeys: Set = ["host", "ipaddress", "gateway", "macAddress"]

    var services: NodeReader<[ServiceDeclaration]> {
        NodeReader { [self] node, context in
            NodeReader<[(key: String, value: ServiceDeclaration)]>.named { name, place, node, inner in
                if !Names.isLabel(name) {
                    inner.problems.add(at: place, "\(context.path) has \"\(name)\", expected \(Names.labelForm)")
                }
                return self.service(name, at: place, node, inner)
            }.read(node, context)?.map(\.value)
        }
    }

    private func service(
        _ name: String, at place: Place, _ node: YAMLNode, _ context: ReadingContext
    ) -> ServiceDeclaration? {
        var declaration = ServiceDeclaration(name: name, place: place)
        if node.isNull {
            // An empty value could mean one member, none, or that something is still to be written.
            context.refuse(
                node, expected: "a number of members, or a mapping",
                remedy: "write `\(name): 1`, or `\(name): {}` for as many as its recipe has")
            return nil
        }
        if let scalar = node.scalar {
            guard let replicas = scalar.value.int, (0...10_000).contains(replicas) else {
                context.refuse(node, expected: "a number of members, or a mapping")
                return nil
            }
            declaration.replicas = replicas
            return declaration
        }
        if isDockstack(node) {
            let own = YAMLNode(.mapping((node.entries ?? []).filter { !$0.key.hasPrefix("x-") }), at: node.place)
            declaration.members = members.read(own, context) ?? []
            return declaration
        }
        return NodeReader<ServiceDeclaration>.object { [self] reader in
            declaration.replicas = reader.optional("replicas", .int(in: 0...10_000))
            declaration.region = reader.optional("region", .region)
            declaration.host = reader.optional("host", .hostName)
            let image = reader.optional("image", .object { self.image($0) })
            declaration.release = image?.release
            declaration.version = image?.version
            declaration.settings = reader.value("settings", settings, default: [])
            declaration.memory = reader.optional("memory", .memory)
            declaration.overrides = reader.value("config", overrides, default: [])
            declaration.members = reader.value("members", members, default: [])
            return declaration
        }.read(node, context)
    }

    /// Whether a service's mapping is in Dockstack's form, whose keys are members' names.
    private func isDockstack(_ node: YAMLNode) -> Bool {
        let entries = (node.entries ?? []).filter { !$0.key.hasPrefix("x-") }
        if entries.isEmpty { return false }
        return entries.allSatisfy { entry in
            if Self.serviceKeys.contains(entry.key) { return false }
            guard entry.value.isNull || entry.value.entries != nil else { return false }
            let isMember = entry.value.entries?.contains { Self.dockstackKeys.contains($0.key) } ?? false
            return isMember || nearestName(to: entry.key, among: Self.serviceKeys) == nil
        }
    }

    private func image(_ reader: MappingReader) -> (release: String?, version: String?)? {
        (reader.optional("release", .label), reader.optional("version", tag))
    }

    private var members: NodeReader<[MemberDeclaration]> {
        NodeReader { [self] node, context in
            NodeReader<[(key: String, value: MemberDeclaration)]>.named { name, place, node, inner in
                if !Names.isLabel(name) {
                    inner.problems.add(at: place, "\(context.path) has \"\(name)\", expected \(Names.labelForm)")
                }
                return NodeReader<MemberDeclaration>.object { self.member(name, at: place, $0) }.read(node, inner)
            }.read(node, context)?.map(\.value)
        }
    }

    private func member(_ name: String, at place: Place, _ reader: MappingReader) -> MemberDeclaration? {
        var member = MemberDeclaration(name: name, place: place)
        member.host = reader.optional("host", .hostName)
        let address = reader.optional("address", .address)
        let cidr = reader.optional("ipaddress", .network)
        if let node = reader.node["ipaddress"], address != nil {
            reader.context.problems.add(
                at: node.place, "\(reader.context.path) has address and ipaddress, expected one of them")
        }
        member.address = address ?? cidr?.address
        member.gateway = reader.optional("gateway", .address)
        member.macAddress = reader.optional("macAddress", macAddress)
        member.dataOf = reader.optional("data-of", .label)
        member.settings = reader.value("settings", settings, default: [])
        return member
    }

    private var macAddress: NodeReader<String> {
        NodeReader<String>.text.mapped(expecting: "a MAC address of one interface, as 02:42:c6:12:10:02") { text in
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            let bytes = parts.compactMap { part in
                part.utf8.count == 2 && part.allSatisfy(\.isHexDigit) ? UInt8(part, radix: 16) : nil
            }
            guard parts.count == 6, bytes.count == 6, bytes[0] & 1 == 0, bytes != [0, 0, 0, 0, 0, 0] else {
                return nil
            }
            return text.lowercased()
        }
    }

    /// The overrides: a mapping of file to section to key to value, where null removes a key.
    private var overrides: NodeReader<[FileOverride]> {
        NodeReader { [self] node, context in
            NodeReader<[(key: String, value: [FileOverride])]>.named { file, _, node, inner in
                self.sections(of: file).read(node, inner)
            }.read(node, context)?.flatMap(\.value)
        }
    }

    private func sections(of file: String) -> NodeReader<[FileOverride]> {
        NodeReader { [self] node, context in
            NodeReader<[(key: String, value: [FileOverride])]>.named { section, sectionPlace, node, inner in
                if let reason = INIDocument.refusal(ofSection: section) ?? TemplateText.refusal(ofGivenName: section) {
                    inner.problems.add(at: sectionPlace, "\(context.path) cannot have \"\(section)\": \(reason)")
                }
                return NodeReader<[(key: String, value: FileOverride)]>.named { key, place, node, inner in
                    self.values(of: key, at: place, node, inner).map {
                        FileOverride(
                            file: file, section: section, key: key, values: $0, place: place,
                            sectionPlace: sectionPlace, valuePlaces: (node.items ?? [node]).map(\.place))
                    }
                }.read(node, inner)?.map(\.value)
            }.read(node, context)?.flatMap(\.value)
        }
    }

    private func values(
        of key: String, at place: Place, _ node: YAMLNode, _ context: ReadingContext
    ) -> [Template]? {
        if let reason = INIDocument.refusal(ofKey: key) ?? TemplateText.refusal(ofGivenName: key) {
            context.problems.add(at: place, "\(context.path) cannot be a key: \(reason)")
        }
        if node.isNull { return [] }
        let values = NodeReader<[Template]>.list(of: TemplateText.reader(problems, forKey: true), single: true).read(
            node, context)
        if values?.isEmpty == true {
            context.refuse(node, expected: "a text or a list of texts", remedy: "write null to remove the key")
        }
        return values
    }
}
