import HTTP
import Model

/// The containers, images, volumes and networks of an engine.
public struct EngineLists: Sendable {
    /// The containers, stopped ones included.
    public var containers: [ContainerSummary]
    /// The images.
    public var images: [ImageSummary]
    /// The volumes.
    public var volumes: [Volume]
    /// The networks, without their containers.
    public var networks: [Network]

    /// Creates a value of four lists.
    public init(
        containers: [ContainerSummary], images: [ImageSummary], volumes: [Volume], networks: [Network]
    ) {
        self.containers = containers
        self.images = images
        self.volumes = volumes
        self.networks = networks
    }
}

/// The filters of the four lists.
public struct EngineListFilters: Sendable {
    /// The filters for containers.
    public var containers: Filters = [:]
    /// The filters for images; nil for no list of images.
    public var images: Filters? = [:]
    /// The filters for volumes.
    public var volumes: Filters = [:]
    /// The filters for networks.
    public var networks: Filters = [:]

    /// Creates empty filters, which everything passes.
    public init() {}
}

extension Engine {
    /// Reads the four lists concurrently.
    public func lists(_ filters: EngineListFilters) async throws -> EngineLists {
        // The version is asked for once, before the four calls that need it.
        _ = try await apiVersion()
        async let images = filters.images == nil ? [] : images(filters: filters.images ?? [:])
        async let volumes = volumes(filters: filters.volumes)
        async let networks = networks(filters: filters.networks)
        let containers = try await containers(filters: filters.containers)
        return try await EngineLists(containers: containers, images: images, volumes: volumes, networks: networks)
    }

    /// Reads the four lists concurrently by an API version that was agreed on earlier; returns nil where one fails or
    /// takes longer than 2 seconds, or where the engine now speaks another version.
    public func lists(_ filters: EngineListFilters, version: APIVersion) async -> EngineLists? {
        async let containers = list("/containers/json", [("all", "1")] + filters.containers.pair, version)
        async let images = imageList(filters, version)
        async let volumes = list("/volumes", filters.volumes.pair, version)
        async let networks = list("/networks", filters.networks.pair, version)
        guard let containers = await containers, let images = await images, let volumes = await volumes,
            let networks = await networks
        else { return nil }
        return EngineLists(
            containers: (containers.list ?? []).map { ContainerSummary($0) },
            images: (images.list ?? []).map { ImageSummary($0) },
            volumes: volumes.items("Volumes").map { Volume($0) },
            networks: (networks.list ?? []).map { Network($0) })
    }

    private func imageList(_ filters: EngineListFilters, _ version: APIVersion) async -> Value? {
        guard let images = filters.images else { return .list([]) }
        return await list("/images/json", images.pair, version)
    }

    private func list(_ path: String, _ pairs: [(String, String)], _ version: APIVersion) async -> Value? {
        let request = HTTPRequest(
            "GET", "\(address.base)/v\(version)\(path)\(query(pairs.map { (name: $0.0, value: $0.1) }))",
            timeLimit: .seconds(2), connectLimit: .seconds(1))
        guard let response = try? await client.send(request), response.status == 200, agrees(response, version) else {
            return nil
        }
        return try? response.json()
    }

    private func agrees(_ response: HTTPResponse, _ version: APIVersion) -> Bool {
        guard let newest = response.header("Api-Version").flatMap({ APIVersion($0) }) else { return false }
        return min(newest, .newest) == version
    }
}
