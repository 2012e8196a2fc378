import Model

/// An image as the engine lists it.
public struct ImageSummary: Sendable, Hashable {
    public let id: String
    public let parentID: String
    /// Names, without `<none>:<none>`.
    public let tags: [String]
    public let digests: [String]
    public let labels: [String: String]
    /// Seconds since 1970.
    public let created: Int
    /// Bytes, shared layers included.
    public let size: Int
}

/// An image as `inspect` shows it.
public struct ImageDetails: Sendable, Hashable {
    public let id: String
    public let parentID: String
    public let tags: [String]
    public let digests: [String]
    public let labels: [String: String]
    public let created: String
    public let size: Int
    public let architecture: String
    public let operatingSystem: String
    public let environment: [String]
    public let command: [String]
    public let entrypoint: [String]
    public let user: String
    public let workingDirectory: String
    public let stopSignal: String?
    public let exposedPorts: [String]
    public let volumes: [String]
    /// The digests of the layers, the lowest first.
    public let layers: [String]
    /// The engine's whole answer.
    public let raw: Value
}

/// A step of an image's history.
public struct ImageHistoryEntry: Sendable, Hashable {
    public let id: String
    public let created: Int
    public let createdBy: String
    public let size: Int
    public let tags: [String]
    public let comment: String
}

extension ImageSummary {
    init(_ value: Value) {
        id = value.text("Id")
        parentID = value.text("ParentId")
        tags = value.texts("RepoTags").filter { !$0.hasPrefix("<none>") }
        digests = value.texts("RepoDigests").filter { !$0.hasPrefix("<none>") }
        labels = value.textMap("Labels")
        created = value.number("Created")
        size = value.number("Size")
    }
}

extension ImageDetails {
    init(_ value: Value) {
        let configuration = value["Config"] ?? .null
        id = value.text("Id")
        parentID = value.text("Parent")
        tags = value.texts("RepoTags").filter { !$0.hasPrefix("<none>") }
        digests = value.texts("RepoDigests").filter { !$0.hasPrefix("<none>") }
        labels = configuration.textMap("Labels")
        created = value.text("Created")
        size = value.number("Size")
        architecture = value.text("Architecture")
        operatingSystem = value.text("Os")
        environment = configuration.texts("Env")
        command = configuration.texts("Cmd")
        entrypoint = configuration.texts("Entrypoint")
        user = configuration.text("User")
        workingDirectory = configuration.text("WorkingDir")
        stopSignal = configuration.optionalText("StopSignal")
        exposedPorts = configuration["ExposedPorts"]?.map?.keys.sorted() ?? []
        volumes = configuration["Volumes"]?.map?.keys.sorted() ?? []
        layers = value["RootFS"]?.texts("Layers") ?? []
        raw = value
    }
}

extension ImageHistoryEntry {
    init(_ value: Value) {
        id = value.text("Id")
        created = value.number("Created")
        createdBy = value.text("CreatedBy")
        size = value.number("Size")
        tags = value.texts("Tags")
        comment = value.text("Comment")
    }
}
