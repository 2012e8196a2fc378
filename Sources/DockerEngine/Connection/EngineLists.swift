import HTTP
import Model

/// What an engine has, in four lists.
public struct EngineLists: Sendable {
    public var containers: [ContainerSummary]
    public var images: [ImageSummary]
    public var volumes: [Volume]
    public var networks: [Network]

    public init(
        containers: [ContainerSummary], images: [ImageSummary], volumes: [Volume], networks: [Network]
    ) {
        self.containers = containers
        self.images = images
        self.volumes = volumes
        self.networks = networks
    }
}

/// What each of the four lists is narrowed to.
public struct EngineListFilters: Sendable {
    public var containers: Filters = [:]
    public var images: Filters = [:]
    public var volumes: Filters = [:]
    public var networks: Filters = [:]

    public init() {}
}

extension Engine {
    /// The four lists, asked for at the same time.
    public func lists(_ filters: EngineListFilters) async throws -> EngineLists {
        // Learned once, for all that follow.
        _ = try await apiVersion()
        async let images = images(filters: filters.images)
        async let volumes = volumes(filters: filters.volumes)
        async let networks = networks(filters: filters.networks)
        let containers = try await containers(filters: filters.containers)
        return try await EngineLists(containers: containers, images: images, volumes: volumes, networks: networks)
    }

    /// The four lists, asked for from this thread alone by the API version that was agreed on another time, while
    /// `meanwhile` is done; nil where the engine is not on this host, does not answer soon, or speaks another version now.
    public func listsAtOnce(
        _ filters: EngineListFilters, version: APIVersion, meanwhile: () -> Bool
    ) -> EngineLists? {
        let paths = [
            ("/containers/json", [("all", "1")] + filters.containers.pair), ("/images/json", filters.images.pair),
            ("/volumes", filters.volumes.pair), ("/networks", filters.networks.pair),
        ]
        let requests = paths.map { path, pairs in
            HTTPRequest(
                "GET", "\(address.base)/v\(version)\(path)\(query(pairs.map { (name: $0.0, value: $0.1) }))",
                timeLimit: .seconds(2), connectLimit: .seconds(1))
        }
        guard let together = try? client.sendTogether(requests), meanwhile(),
            let answers = try? together.map({ try $0() }),
            answers.allSatisfy({ $0.status == 200 && agrees($0, version) }),
            let values = try? answers.map({ try $0.json() })
        else { return nil }
        return EngineLists(
            containers: (values[0].list ?? []).map { ContainerSummary($0) },
            images: (values[1].list ?? []).map { ImageSummary($0) },
            volumes: values[2].items("Volumes").map { Volume($0) },
            networks: (values[3].list ?? []).map { Network($0) })
    }

    private func agrees(_ response: HTTPResponse, _ version: APIVersion) -> Bool {
        guard let newest = response.header("Api-Version").flatMap({ APIVersion($0) }) else { return false }
        return min(newest, .newest) == version
    }
}
