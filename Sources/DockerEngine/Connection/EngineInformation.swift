import HTTP
import Model

/// An engine's answer to a ping.
public struct EnginePing: Sendable, Hashable {
    public let apiVersion: APIVersion
    public let operatingSystem: String
    /// `1` for the classic builder, `2` for BuildKit as the default.
    public let builderVersion: String
}

/// An engine's answer about its version.
public struct EngineVersion: Sendable, Hashable {
    public let version: String
    public let apiVersion: String
    public let minimumAPIVersion: String
    public let architecture: String
    public let kernel: String
    /// Names of components, such as containerd and runc, and their versions.
    public let components: [String: String]
}

/// An engine's description of itself and its host.
public struct EngineInformation: Sendable, Hashable {
    public let id: String
    public let name: String
    public let version: String
    public let storageDriver: String
    public let cgroupVersion: String
    public let rootDirectory: String
    public let operatingSystem: String
    public let kernel: String
    public let architecture: String
    public let processors: Int
    /// Bytes.
    public let memory: Int
    public let containers: Int
    public let running: Int
    public let images: Int
    public let networkPlugins: [String]
    public let securityOptions: [String]
    public let liveRestore: Bool
    public let warnings: [String]
    /// The engine's whole answer.
    public let raw: Value

    /// Reads an engine's answer; missing values become empty.
    public init(_ value: Value) {
        id = value.text("ID")
        name = value.text("Name")
        version = value.text("ServerVersion")
        storageDriver = value.text("Driver")
        cgroupVersion = value.text("CgroupVersion")
        rootDirectory = value.text("DockerRootDir")
        operatingSystem = value.text("OperatingSystem")
        kernel = value.text("KernelVersion")
        architecture = value.text("Architecture")
        processors = value.number("NCPU")
        memory = value.number("MemTotal")
        containers = value.number("Containers")
        running = value.number("ContainersRunning")
        images = value.number("Images")
        networkPlugins = value["Plugins"]?.texts("Network") ?? []
        securityOptions = value.texts("SecurityOptions")
        liveRestore = value.flag("LiveRestoreEnabled")
        warnings = value.texts("Warnings")
        raw = value
    }
}

extension Engine {
    /// Asks whether the engine answers; no call costs less.
    public func ping() async throws -> EnginePing {
        let request = HTTPRequest("GET", "\(address.base)/_ping", timeLimit: .seconds(20))
        let response = try check("ping the engine", try await send(request))
        guard let version = response.header("Api-Version").flatMap({ APIVersion($0) }) else {
            throw EngineUnreachable(address: address.description, reason: "what answers there is no Docker engine")
        }
        return EnginePing(
            apiVersion: version, operatingSystem: response.header("Ostype") ?? "",
            builderVersion: response.header("Builder-Version") ?? "")
    }

    /// Asks for the versions of the engine and its parts.
    public func version() async throws -> EngineVersion {
        let value = try await call("ask for the engine's version", "GET", "/version").json()
        let components = value.items("Components").map { ($0.text("Name"), $0.text("Version")) }
        return EngineVersion(
            version: value.text("Version"), apiVersion: value.text("ApiVersion"),
            minimumAPIVersion: value.text("MinAPIVersion"), architecture: value.text("Arch"),
            kernel: value.text("KernelVersion"),
            components: Dictionary(components, uniquingKeysWith: { first, _ in first }))
    }

    /// Asks for the engine's description of itself and its host.
    public func information() async throws -> EngineInformation {
        let value = try await call("ask the engine about itself", "GET", "/info").json()
        return EngineInformation(value)
    }
}
