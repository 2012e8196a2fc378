import Cryptography
import Layouts
import Model
import Recipes
import Templates

extension Resolver {
    func members(of service: LaidOutService, renderer: FileRenderer) throws -> [DesiredMember] {
        let shared = try sharedSpecification(of: service)
        let after = hasOwnMilestones(service) ? nil : milestonesBeforeMembers(of: service, member: nil)
        let anchors = Set(
            service.recipe.requires.filter { !$0.grant.isEmpty }
                .compactMap { anchor(ofProvision: $0.name, by: $0.service) }
        ).sorted()
        let backends = service.recipe.endpoints.map {
            Layout.backendName(service: service.name, endpoint: $0.name)
        }
        var members: [DesiredMember] = []
        members.reserveCapacity(service.members.count)
        for laidOut in service.members {
            let files = try renderer.files(for: laidOut, job: nil)
            var specification = shared
            try complete(&specification, for: laidOut, of: service)
            specification.hasFiles = !files.isEmpty
            var member = DesiredMember(
                identity: identity(of: laidOut), service: service.name, recipe: service.recipeName,
                specification: specification)
            member.digest = SHA256.hex(of: JSON.text(.map(specification.parts)))
            member.files = files.map(\.digest)
            member.probe = try service.recipe.probe.flatMap { try probe($0, for: laidOut, of: service) }
            member.replacement = service.recipe.replacement
            member.drain = service.recipe.drain
            member.reload = service.recipe.reload
            member.interrupts = service.recipe.interrupts
            member.vacating = service.recipe.vacating
            member.backends = backends
            member.isFront = service.recipe.isFront
            if service.recipe.holdsPod { member.labels[Labels.holder] = "true" }
            member.anchors = anchors
            member.after = after ?? milestonesBeforeMembers(of: service, member: laidOut)
            member.afterToReplace = milestonesBeforeReplacing(service, member: laidOut)
            member.data = data(of: laidOut, service: service)
            members.append(member)
            members += try sidecars(of: member, laidOut, service, renderer)
        }
        return members
    }

    private func identity(of member: LaidOutMember) -> MemberIdentity { identity(member.name, like: member) }

    /// The identity of a container of a name beside a member.
    func identity(_ name: String, like member: LaidOutMember) -> MemberIdentity {
        MemberIdentity(region: member.region, host: member.host, environment: layout.environment.name, member: name)
    }

    /// The part of the specification that all members of a service share.
    func sharedSpecification(of service: LaidOutService) throws -> ContainerSpecification {
        let recipe = service.recipe
        let needs = recipe.container
        var specification = ContainerSpecification()
        specification.image = service.image
        specification.imageIdentity = images[service.image]?.identity ?? ""
        specification.command = recipe.command
        specification.user = recipe.user.map(\.name)
        specification.domain = layout.environment.domain
        specification.network = Layout.networkName(environment: layout.environment.name)
        specification.tmpfs = needs.tmpfs.map { tmpfs in
            let options = [
                tmpfs.size.map { "size=\($0.bytes)" }, tmpfs.mode.map { "mode=\($0)" },
                recipe.user.map { "uid=\($0.id),gid=\($0.id)" },
            ].compactMap(\.self)
            return ContainerSpecification.Tmpfs(path: tmpfs.path, options: options.joined(separator: ","))
        }
        specification.memory = (service.declaration.memory ?? needs.memory)?.bytes
        specification.logSize = needs.logSize.bytes
        specification.logFiles = needs.logFiles
        specification.capabilities = needs.capabilities.sorted()
        specification.deviceRules = needs.deviceRules.sorted()
        specification.sysctls = needs.sysctls
        specification.ulimits = needs.ulimits
        specification.security = needs.security.sorted()
        specification.isReadOnly = needs.isReadOnly
        specification.usesEngine = needs.usesEngine
        specification.stopSignal = recipe.stopSignal
        specification.grace = recipe.grace
        specification.ports = publishedPorts(of: service)
        return specification
    }

    private func complete(
        _ specification: inout ContainerSpecification, for member: LaidOutMember, of service: LaidOutService
    ) throws {
        specification.devices = try devices(for: member, of: service)
        specification.environment = try environment(for: member, of: service)
        specification.health = try healthCheck(for: member, of: service)
        specification.hostname = member.pod ?? member.name
        specification.addresses = member.addresses
        specification.pod = member.pod
        specification.usesHostNetwork = service.recipe.linksHosts
        specification.sharesProcesses = member.pod != nil && service.recipe.shared.contains(.pid)
        specification.macAddress = member.macAddress
        specification.aliases = ["\(member.name).\(layout.environment.domain)", member.name]
        let environment = layout.environment
        if let address = member.address {
            specification.attachments = environment.furtherNetworks(of: service.recipe).map {
                .init(
                    network: Layout.networkName(environment: environment.name, further: $0.name),
                    address: environment.address(address, on: $0))
            }
        }
        specification.mounts = service.recipe.volumes.map {
            .init(volume: volumeName($0, member: member, service: service), path: $0.path)
        }
    }

    /// The name of a volume on the engine.
    package func volumeName(_ volume: VolumeRecipe, member: LaidOutMember, service: LaidOutService) -> String {
        "\(layout.environment.name)-\(owner(of: volume, member: member, service: service))-\(volume.name)"
    }

    private func owner(of volume: VolumeRecipe, member: LaidOutMember, service: LaidOutService) -> String {
        switch volume.scope {
        case .member: member.dataOf ?? member.name
        case .service: service.name
        case .pod: member.pod ?? member.name
        }
    }

    /// The volumes of a member that are worth a backup.
    private func data(of member: LaidOutMember, service: LaidOutService) -> [DataVolume] {
        service.recipe.volumes.filter { $0.backup != .none }.map { volume in
            DataVolume(
                name: volumeName(volume, member: member, service: service),
                service: volume.scope == .pod ? "" : service.name, recipeName: volume.name,
                owner: owner(of: volume, member: member, service: service),
                contents: volume.contents ?? "what it held",
                hostname: volume.isBoundToHostname
                    ? "\(member.pod ?? member.name).\(layout.environment.domain)" : nil,
                isMembers: volume.scope == .member,
                isTakenOver: volume.scope == .member && member.dataOf != nil)
        }
    }

    /// The ports of the host that a service publishes: its own and, for the front, those of all public endpoints.
    private func publishedPorts(of service: LaidOutService) -> [ContainerSpecification.PublishedPort] {
        let address = layout.environment.access.address.description
        var ports: [ContainerSpecification.PublishedPort] = []
        for (listener, hostPort) in service.recipe.published {
            guard let listener = service.recipe.listeners.first(where: { $0.name == listener }) else { continue }
            ports.append(
                .init(
                    address: address, hostPort: hostPort, containerPort: listener.port,
                    transport: listener.transport == .udp ? "udp" : "tcp"))
        }
        if service.recipe.isFront {
            for other in layout.services {
                for port in other.recipe.endpoints.filter(\.isPublic).flatMap(\.ports) {
                    ports.append(
                        .init(address: address, hostPort: port, containerPort: frontContainerPort(port)))
                }
            }
        }
        return ports.sorted()
    }

    /// The health check that the engine runs: the recipe's probe, run inside by the image's `minke-probe`.
    private func healthCheck(
        for member: LaidOutMember, of service: LaidOutService
    ) throws -> ContainerSpecification.HealthCheck? {
        guard let probe = service.recipe.probe, let every = probe.every else { return nil }
        let ports = Dictionary(
            service.recipe.listeners.map { ($0.name, $0.port) }, uniquingKeysWith: { first, _ in first })
        let command: [String]
        switch probe.method {
        case .exec(let arguments): command = try rendered(arguments, for: member, of: service)
        case .http(let listener, let path, let status, _):
            guard let port = ports[listener] else { return nil }
            command = ["minke-probe", "http", "\(port)", path] + status.map(String.init)
        case .tcp(let listener, let send, let expect):
            guard let port = ports[listener] else { return nil }
            // The second argument is the text to send, even an empty one.
            let words = expect.map { [send ?? "", $0] } ?? send.map { [$0] } ?? []
            command = ["minke-probe", "tcp", "\(port)"] + words.map(escapedForPrintf)
        }
        return .init(command: command, interval: every, timeout: probe.timeout, startPeriod: probe.within)
    }

    /// A text escaped for minke-probe, which reads printf's escapes, since no argument can hold NUL.
    private func escapedForPrintf(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\0", with: "\\0000")
    }

    /// The devices of the host that a container of the member, or of a job, gets.
    func devices(for member: LaidOutMember, of service: LaidOutService) throws -> [String] {
        try rendered(service.recipe.container.devices, for: member, of: service).filter { !$0.isEmpty }.sorted()
    }

    /// The environment variables of a member's container, or of a job's.
    func environment(for member: LaidOutMember, of service: LaidOutService) throws -> [String: String] {
        if service.recipe.environment.isEmpty { return [:] }
        let scope = (scopes[service.name] ?? ServiceScope()).scope(for: member)
        var variables: [String: String] = [:]
        for (key, value) in service.recipe.environment { variables[key] = try value.render(scope) }
        return variables
    }

    func rendered(
        _ templates: [Template], for member: LaidOutMember, of service: LaidOutService
    ) throws -> [String] {
        if templates.isEmpty { return [] }
        let scope = (scopes[service.name] ?? ServiceScope()).scope(for: member)
        return try templates.map { try $0.render(scope) }
    }

    private func probe(
        _ recipe: ProbeRecipe, for member: LaidOutMember, of service: LaidOutService
    ) throws -> Probe? {
        func port(_ listener: String) -> Int? { service.recipe.listeners.first { $0.name == listener }?.port }
        let method: Probe.Method
        switch recipe.method {
        case .http(let listener, let path, let status, let contains):
            guard let port = port(listener) else { return nil }
            method = .http(port: port, path: path, status: status, contains: contains)
        case .tcp(let listener, let send, let expect):
            guard let port = port(listener) else { return nil }
            method = .tcp(port: port, send: send, expect: expect)
        case .exec(let arguments):
            method = .exec(try rendered(arguments, for: member, of: service))
        }
        return Probe(method: method, timeout: recipe.timeout, within: recipe.within)
    }
}
