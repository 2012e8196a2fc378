import Model

extension ContainerConfiguration {
    /// The body of the call that creates the container.
    ///
    /// Before API 1.44, only one network can be given, and the MAC address is a member of the container itself.
    func json(primary: String?, for version: APIVersion) -> Value {
        var object = JSONObject()
        object.set("Image", image)
        object.set("Cmd", command)
        object.set("Entrypoint", entrypoint)
        object.set("User", user)
        object.set("WorkingDir", workingDirectory)
        object.set("Env", notEmpty: environment.map { "\($0)=\($1)" }.sorted())
        object.set("Labels", notEmpty: labels)
        object.set("Hostname", hostname)
        object.set("Domainname", domainname)
        object.set("StopSignal", stopSignal)
        object.set("StopTimeout", stopTimeout.map { Int($0.components.seconds) })
        object.set("Tty", terminal)
        object.set("OpenStdin", openInput)
        if let healthCheck { object.set("Healthcheck", healthCheck.json) }
        var ports = JSONObject()
        for port in exposedPorts + host.ports.keys { ports.set(port, Value.map(ValueMap())) }
        object.set("ExposedPorts", ports)
        object.set("HostConfig", host.json(networkMode: host.networkMode ?? primary))
        if let primary, let endpoint = networks[primary] {
            if version < APIVersion(1, 44) { object.set("MacAddress", endpoint.mac) }
            var endpoints = JSONObject()
            for (name, endpoint) in networks where version >= APIVersion(1, 44) || name == primary {
                endpoints.set(name, endpoint.json(for: version))
            }
            var networking = JSONObject()
            networking.set("EndpointsConfig", endpoints)
            object.set("NetworkingConfig", networking)
        }
        return object.value
    }

    /// The network that the container joins when it is created.
    var primaryNetwork: String? {
        if let mode = host.networkMode { return networks[mode] == nil ? nil : mode }
        return networks.keys.min()
    }
}

extension HealthCheck {
    var json: Value {
        var object = JSONObject()
        object.set("Test", command.map { ["CMD"] + $0 } ?? ["NONE"])
        object.set("Interval", nanosecondsOf: interval)
        object.set("Timeout", nanosecondsOf: timeout)
        object.set("StartPeriod", nanosecondsOf: startPeriod)
        object.set("Retries", retries)
        return object.value
    }
}

extension EndpointConfiguration {
    func json(for version: APIVersion) -> Value {
        var object = JSONObject()
        if let address { object.set("IPAMConfig", ["IPv4Address": .string(address)]) }
        if version >= APIVersion(1, 44) { object.set("MacAddress", mac) }
        object.set("Aliases", notEmpty: aliases)
        object.set("DriverOpts", notEmpty: driverOptions)
        return object.value
    }
}

extension HostConfiguration {
    func json(networkMode: String?) -> Value {
        var object = JSONObject()
        if !mounts.isEmpty { object.set("Mounts", .list(mounts.map(\.json))) }
        object.set("Tmpfs", notEmpty: tmpfs)
        if !ports.isEmpty {
            object.set(
                "PortBindings", .map(ValueMap(ports.map { ($0.key, .list($0.value.map(\.json))) })))
        }
        object.set("RestartPolicy", restart.json)
        object.set("Memory", memory)
        object.set("MemorySwap", memoryWithSwap)
        object.set("NanoCpus", nanoCPUs)
        object.set("CpuShares", cpuShares)
        object.set("PidsLimit", processLimit)
        if logDriver != nil || !logOptions.isEmpty {
            object.set(
                "LogConfig", ["Type": .string(logDriver ?? "json-file"), "Config": .textMap(logOptions)])
        }
        object.set("CapAdd", notEmpty: addedCapabilities)
        object.set("CapDrop", notEmpty: droppedCapabilities)
        if !devices.isEmpty { object.set("Devices", .list(devices.map(\.json))) }
        object.set("DeviceCgroupRules", notEmpty: deviceRules)
        object.set("Sysctls", notEmpty: sysctls)
        if !ulimits.isEmpty { object.set("Ulimits", .list(ulimits.map(\.json))) }
        object.set("SecurityOpt", notEmpty: securityOptions)
        if showsSystemPaths {
            object.set("MaskedPaths", .list([]))
            object.set("ReadonlyPaths", .list([]))
        }
        object.set("ReadonlyRootfs", readOnlyRoot)
        object.set("Init", usesInit)
        object.set("GroupAdd", notEmpty: addedGroups)
        object.set("NetworkMode", networkMode)
        object.set("PidMode", pidMode)
        object.set("IpcMode", ipcMode)
        object.set("CgroupnsMode", cgroupNamespace)
        object.set("ExtraHosts", notEmpty: extraHosts)
        object.set("Dns", notEmpty: nameServers)
        object.set("DnsSearch", notEmpty: searchDomains)
        object.set("DnsOptions", notEmpty: nameServerOptions)
        object.set("ShmSize", sharedMemory)
        object.set("OomScoreAdj", outOfMemoryScore)
        object.set("AutoRemove", removesItself)
        return object.value
    }
}

extension Mount {
    var json: Value {
        var object = JSONObject()
        object.set("Target", target)
        object.set("ReadOnly", readOnly)
        switch source {
        case .volume(let name, let labels, let copies):
            object.set("Type", "volume")
            object.set("Source", name)
            var options = JSONObject()
            options.set("NoCopy", !copies)
            options.set("Labels", notEmpty: labels)
            object.set("VolumeOptions", options)
        case .path(let path):
            object.set("Type", "bind")
            object.set("Source", path)
        case .memory(let size, let mode):
            object.set("Type", "tmpfs")
            var options = JSONObject()
            options.set("SizeBytes", size)
            options.set("Mode", mode.map { Int($0) })
            object.set("TmpfsOptions", options)
        }
        return object.value
    }
}

extension HostPort {
    var json: Value {
        ["HostIp": .string(address ?? ""), "HostPort": .string(port.map { String($0) } ?? "")]
    }
}

extension RestartPolicy {
    /// The engine's name of the policy.
    public var name: String {
        switch self {
        case .no: "no"
        case .always: "always"
        case .unlessStopped: "unless-stopped"
        case .onFailure: "on-failure"
        }
    }

    var json: Value {
        guard case .onFailure(let maximum) = self else { return ["Name": .string(name)] }
        return ["Name": .string(name), "MaximumRetryCount": .int(maximum ?? 0)]
    }
}

extension Device {
    var json: Value {
        [
            "PathOnHost": .string(hostPath), "PathInContainer": .string(path),
            "CgroupPermissions": .string(permissions),
        ]
    }
}

extension Ulimit {
    var json: Value { ["Name": .string(name), "Soft": .int(soft), "Hard": .int(hard)] }
}
