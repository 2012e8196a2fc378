import HTTP
import Model

/// An engine's response to a ping.
public struct EnginePing: Sendable, Hashable {
    /// The newest version of the API that the engine speaks.
    public let apiVersion: APIVersion
    /// The operating system of the engine's containers, such as `linux`.
    public let operatingSystem: String
    /// `1` for the classic builder, `2` for BuildKit as the default.
    public let builderVersion: String
}

/// The versions of an engine and its parts.
public struct EngineVersion: Sendable, Hashable {
    /// The engine's version, such as `26.1.5`.
    public let version: String
    /// The newest version of the API that the engine speaks.
    public let apiVersion: String
    /// The oldest version of the API that the engine speaks.
    public let minimumAPIVersion: String
    /// The architecture in Go's notation, such as `amd64`.
    public let architecture: String
    /// The version of the host's kernel.
    public let kernel: String
    /// The versions of components, such as containerd and runc, by their names.
    public let components: [String: String]
}

/// An engine's description of itself and its host.
public struct EngineInformation: Sendable, Hashable {
    /// The engine's unique id.
    public let id: String
    /// The host's name.
    public let name: String
    /// The engine's version, such as `26.1.5`.
    public let version: String
    /// The storage driver, such as `overlay2`.
    public let storageDriver: String
    /// The version of control groups, `1` or `2`.
    public let cgroupVersion: String
    /// The path of the engine's data on its host.
    public let rootDirectory: String
    /// The name of the host's operating system, such as `Debian GNU/Linux 13 (trixie)`.
    public let operatingSystem: String
    /// The version of the host's kernel.
    public let kernel: String
    /// The architecture in the kernel's notation, such as `x86_64`.
    public let architecture: String
    /// The number of processors.
    public let processors: Int
    /// The host's memory in bytes.
    public let memory: Int
    /// The number of containers.
    public let containers: Int
    /// The number of running containers.
    public let running: Int
    /// The number of images.
    public let images: Int
    /// The network drivers that are there.
    public let networkPlugins: [String]
    /// The security features that are on, such as `name=seccomp,profile=builtin`.
    public let securityOptions: [String]
    /// Whether containers keep running while the engine restarts.
    public let liveRestore: Bool
    /// The engine's warnings about its host.
    public let warnings: [String]
    /// The engine's whole response.
    public let raw: Value

    /// Reads an engine's response; missing values become empty.
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
    /// Pings the engine, which is the cheapest call.
    ///
    /// - Throws: `EngineUnreachable` also where something else than a Docker engine answers.
    public func ping() async throws -> EnginePing {
        let request = HTTPRequest("GET", "\(address.base)/_ping", timeLimit: .seconds(20))
        let response = try check("ping the engine", try await send(request))
        guard let version = response.header("Api-Version").flatMap({ APIVersion($0) }) else {
            throw EngineUnreachable(address: address.description, reason: "the server there is not a Docker engine")
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
