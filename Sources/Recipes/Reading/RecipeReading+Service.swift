import Documents
import Model
import Templates

extension RecipeReading {
    func service(_ reader: MappingReader) -> ServiceRecipe? {
        var service = ServiceRecipe()
        service.command = reader.optional("command", .command)
        service.user = reader.optional("user", .object { self.user($0) })
        service.grace = reader.value("grace", .duration, default: service.grace)
        service.stopSignal = reader.optional("stop-signal", .signal)
        service.replicas = reader.value("replicas", .object { self.replicas($0) }, default: service.replicas)
        service.replacement = reader.value("replace", .oneOf(Replacement.self), default: service.replacement)
        service.drain = reader.value("drain", .duration, default: service.drain)
        service.interrupts = reader.optional("interrupts", .filled)
        service.onePerHost = reader.value("one-per-host", .bool, default: false)
        service.linksHosts = reader.value("links-hosts", .bool, default: false)
        service.container = container(reader)
        service.environment = reader.value("environment", .entries(of: template), default: [])
        service.listeners = reader.value("listeners", .objects(listener), default: [])
        service.endpoints = reader.value("endpoints", .objects(endpoint), default: [])
        service.published = reader.value("published", .dictionary(of: .port), default: [:])
        service.isFront = reader.value("front", .bool, default: false)
        service.holdsPod = reader.value("holder", .bool, default: false)
        service.pods = reader.value("pods", .list(of: .label), default: [])
        service.shared = reader.value("share", .list(of: .oneOf(SharedNamespace.self)), default: [])
        service.networks = reader.value("networks", .list(of: .label), default: [])
        service.vacating = reader.optional("vacate", .object { self.vacating($0) })
        service.leaving = reader.optional("leave", .object { self.vacating($0) })
        service.probe = reader.optional("probe", .object { self.probe($0) })
        service.volumes = reader.value("volumes", .objects(volume), default: [])
        service.settings = reader.value("settings", .objects(setting), default: [])
        service.secrets = reader.value("secrets", .objects(secret), default: [])
        service.generated = reader.value("generated", .objects(secret), default: [])
        service.requires = reader.value("requires", .objects(requirement), default: [])
        service.provides = reader.value("provides", .objects(provision), default: [])
        service.files = reader.value("files", files, default: [])
        service.reload = reader.optional("reload", .object { self.reload($0) })
        service.jobs = reader.value("jobs", .objects(job), default: [])
        service.sidecars = reader.value("sidecars", .objects(sidecar), default: [])
        service.identity = reader.optional("identity", .object { self.identity($0) })
        service.administration = reader.optional("administration", .object { self.administration($0) })
        service.reports = reader.value("reports", .objects(report), default: [])
        service.version = reader.optional("version", .object { self.version($0) })
        return service
    }

    private func user(_ reader: MappingReader) -> ServiceUser? {
        guard let name = reader.required("name", .filled), let id = reader.required("id", .int(in: 0...65533)) else {
            return nil
        }
        return ServiceUser(name: name, id: id)
    }

    private func vacating(_ reader: MappingReader) -> Vacating? {
        let command = reader.required("exec", .command)
        let within = reader.required("within", .duration)
        let interrupts = reader.optional("interrupts", .filled)
        guard let command, let within else { return nil }
        return Vacating(command: command, within: within, interrupts: interrupts)
    }

    private func replicas(_ reader: MappingReader) -> ReplicaRange? {
        var range = ReplicaRange()
        range.maximum = reader.optional("maximum", .int(in: 1...10_000))
        range.standard = reader.value("default", .int(in: 0...(range.maximum ?? 10_000)), default: range.standard)
        return range
    }

    private func container(_ reader: MappingReader) -> ContainerNeeds {
        var needs = ContainerNeeds()
        needs.memory = reader.optional("memory", .memory)
        if let log = reader.entry("log") {
            _ = reader.read(
                log,
                NodeReader<Bool>.object { log in
                    needs.logSize = log.value("size", .bytes, default: needs.logSize)
                    needs.logFiles = log.value("files", .int(in: 1...1000), default: needs.logFiles)
                    return true
                })
        }
        needs.capabilities = reader.value("capabilities", .list(of: .capability), default: [])
        needs.devices = reader.value("devices", .list(of: device), default: [])
        needs.deviceRules = reader.value("device-rules", .list(of: .deviceRule), default: [])
        needs.sysctls = reader.value("sysctls", .dictionary(of: .filled), default: [:])
        needs.ulimits = reader.value("ulimits", .dictionary(of: .int(in: -1...Int.max)), default: [:])
        needs.tmpfs = reader.value("tmpfs", .entries(of: .object { $0.tmpfs }), default: [])
            .map { TmpfsRecipe(path: $0.key, size: $0.value.size, mode: $0.value.mode) }
        needs.security = reader.value("security", .list(of: .filled), default: [])
        needs.usesEngine = reader.value("engine", .bool, default: false)
        needs.isReadOnly = reader.value("read-only", .bool, default: false)
        return needs
    }

    /// The path of a device, or a template that gives it.
    private var device: NodeReader<Template> {
        NodeReader<Template> { [self] node, context in
            if node.scalar?.text.contains("{{") == true { return template.read(node, context) }
            return NodeReader<String>.absolutePath.read(node, context).flatMap { _ in template.read(node, context) }
        }
    }

    private func volume(_ name: String, _ reader: MappingReader) -> VolumeRecipe? {
        guard let path = reader.required("path", .absolutePath) else { return nil }
        var volume = VolumeRecipe(name: name, path: path)
        volume.scope = reader.value("scope", .oneOf(VolumeRecipe.Scope.self), default: volume.scope)
        volume.contents = reader.optional("contents", .filled)
        volume.backup = reader.value("backup", .object { self.backup($0) }, default: volume.backup)
        let bound = reader.optional("bound-to", .oneOf(VolumeBound.self))
        volume.isBoundToHostname = bound == .hostname
        return volume
    }

    private enum VolumeBound: String, CaseIterable { case hostname }

    private func backup(_ reader: MappingReader) -> VolumeBackup? {
        if reader.value("skip", .bool, default: false) { return VolumeBackup.none }
        guard let dump = reader.required("dump", .command), let restore = reader.required("restore", .command) else {
            return nil
        }
        return .commands(dump: dump, restore: restore)
    }

    private func setting(_ name: String, _ reader: MappingReader) -> SettingRecipe? {
        let kind = reader.required("type", .oneOf(SettingRecipe.Kind.self))
        let standard = reader.required("default", .value)
        let minimum = reader.optional("minimum", .number)
        let maximum = reader.optional("maximum", .number)
        let choices = reader.optional("one-of", .list(of: .value))
        let takesLines = reader.value("multiline", .bool, default: false)
        let help = reader.required("help", .filled)
        guard let kind, let standard, let help else { return nil }
        var setting = SettingRecipe(name: name, kind: kind, standard: standard, help: help)
        setting.minimum = minimum
        setting.maximum = maximum
        setting.choices = choices
        setting.takesLines = takesLines
        return setting
    }

    private func secret(_ name: String, _ reader: MappingReader) -> SecretRecipe? {
        var secret = SecretRecipe(name: name)
        secret.kind = reader.value("kind", .oneOf(SecretRecipe.Kind.self), default: secret.kind)
        secret.scope = reader.value("scope", .oneOf(SecretRecipe.Scope.self), default: secret.scope)
        secret.without = reader.value("without", .filled, default: "")
        return secret
    }
}

extension MappingReader {
    /// The size and mode of a file system in memory.
    fileprivate var tmpfs: (size: ByteCount?, mode: String?)? {
        let size = optional("size", .bytes)
        let mode = optional("mode", .permissions)
        return (size, mode == nil ? nil : node["mode"]?.scalar?.text)
    }
}
