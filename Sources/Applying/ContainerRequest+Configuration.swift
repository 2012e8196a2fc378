import DockerEngine
import Model

extension ContainerRequest {
    /// The configuration that the engine gets for the request.
    var configuration: ContainerConfiguration {
        var configuration = ContainerConfiguration(image: specification.image, command: specification.command)
        configuration.user = specification.user
        configuration.environment = specification.environment
        configuration.labels = labels
        if hasNetwork {
            configuration.hostname = specification.hostname.isEmpty ? nil : specification.hostname
            configuration.domainname = specification.domain.isEmpty ? nil : specification.domain
        }
        configuration.stopSignal = specification.stopSignal
        configuration.stopTimeout = specification.grace
        if let health = specification.health {
            configuration.healthCheck = HealthCheck(
                command: health.command, interval: health.interval, timeout: health.timeout,
                startPeriod: health.startPeriod, retries: 3)
        }
        configuration.host = host
        if hasNetwork, !specification.network.isEmpty {
            configuration.networks[specification.network] = EndpointConfiguration(
                address: address?.description, mac: specification.macAddress, aliases: specification.aliases)
        }
        return configuration
    }

    /// Whether the container has a network namespace of its own.
    private var hasNetwork: Bool { pod == nil && !specification.usesHostNetwork }

    private var host: HostConfiguration {
        var host = HostConfiguration()
        host.mounts = specification.mounts.map {
            // The engine gives labels only to a volume that it creates now.
            var labels = volumeLabels
            labels[Labels.volume] = String(UInt64.random(in: 0...UInt64.max), radix: 16)
            return Mount(.volume(name: $0.volume, labels: labels), at: $0.path)
        }
        if specification.hasFiles {
            var labels = volumeLabels
            labels[Labels.role] = "files"
            host.mounts.append(
                Mount(.volume(name: filesVolume, labels: labels, copies: false), at: DockerHost.filesFolder))
        }
        if let engineSocket { host.mounts.append(Mount(.path(engineSocket), at: "/run/docker.sock")) }
        for tmpfs in specification.tmpfs { host.tmpfs[tmpfs.path] = tmpfs.options }
        for port in specification.ports {
            host.ports["\(port.containerPort)/\(port.transport)", default: []].append(
                HostPort(address: port.address, port: port.hostPort))
        }
        host.restart = specification.restartPolicy
        host.memory = specification.memory
        host.cpuShares = processorShares
        if specification.logSize > 0 {
            host.logDriver = "json-file"
            host.logOptions = [
                "max-size": "\(specification.logSize)", "max-file": "\(max(1, specification.logFiles))",
            ]
        }
        host.addedCapabilities = specification.capabilities
        host.devices = specification.devices.map { Device($0) }
        host.deviceRules = specification.deviceRules
        host.sysctls = specification.sysctls
        host.ulimits = specification.ulimits.sorted { $0.key < $1.key }.map {
            Ulimit($0.key, soft: $0.value, hard: $0.value)
        }
        // Only Docker's own client knows this option; the engine does not.
        let systemPaths = "systempaths=unconfined"
        host.securityOptions = specification.security.filter { $0 != systemPaths }
        host.showsSystemPaths = specification.security.contains(systemPaths)
        host.readOnlyRoot = specification.isReadOnly
        host.usesInit = true
        if let pod {
            host.networkMode = "container:\(pod)"
            if specification.sharesProcesses {
                host.pidMode = "container:\(pod)"
                host.usesInit = false  // the holder's init reaps
            }
        } else if specification.usesHostNetwork {
            host.networkMode = "host"
        } else {
            host.networkMode = specification.network.isEmpty ? nil : specification.network
        }
        return host
    }
}

extension ContainerSpecification {
    /// The engine's form of `restart`: `no` or `always`.
    ///
    /// It is never `unless-stopped`: an engine that was killed stops the containers that still run when it starts
    /// again, and then takes them for stopped by hand. A container that Minke stops has the policy `no` until Minke
    /// starts it again.
    public var restartPolicy: RestartPolicy { restart == "no" ? .no : .always }
}
