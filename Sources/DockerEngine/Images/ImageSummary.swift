import Model

/// An image as the engine lists it.
public struct ImageSummary: Sendable, Hashable {
    /// The image's id, a digest.
    public let id: String
    /// The parent's id; empty for an image that was pulled or has none.
    public let parentID: String
    /// The names, without `<none>:<none>`.
    public let tags: [String]
    /// The names with digests, as `REPOSITORY@sha256:…`.
    public let digests: [String]
    /// The labels.
    public let labels: [String: String]
    /// The time of creation, in seconds since 1970.
    public let created: Int
    /// The size in bytes, shared layers included.
    public let size: Int
}

/// An image as `inspect` shows it.
public struct ImageDetails: Sendable, Hashable {
    /// The image's id, a digest.
    public let id: String
    /// The parent's id; empty for an image that was pulled or has none.
    public let parentID: String
    /// The names, without `<none>:<none>`.
    public let tags: [String]
    /// The names with digests, as `REPOSITORY@sha256:…`.
    public let digests: [String]
    /// The labels.
    public let labels: [String: String]
    /// The time of creation, in RFC 3339.
    public let created: String
    /// The size in bytes, shared layers included.
    public let size: Int
    /// The architecture in Go's notation, such as `amd64`.
    public let architecture: String
    /// The operating system, such as `linux`.
    public let operatingSystem: String
    /// Environment variables as `NAME=VALUE`.
    public let environment: [String]
    /// The command (`CMD`).
    public let command: [String]
    /// The entrypoint (`ENTRYPOINT`); empty for none.
    public let entrypoint: [String]
    /// The user; empty for root.
    public let user: String
    /// The working directory; empty for `/`.
    public let workingDirectory: String
    /// The stop signal; nil for SIGTERM.
    public let stopSignal: String?
    /// The exposed ports as `80/tcp`, sorted.
    public let exposedPorts: [String]
    /// The paths of `VOLUME`, sorted.
    public let volumes: [String]
    /// The digests of the layers, the lowest first.
    public let layers: [String]
    /// The engine's whole answer.
    public let raw: Value
}

/// A step of an image's history.
public struct ImageHistoryEntry: Sendable, Hashable {
    /// The image's id, or `<missing>` where only its history is known.
    public let id: String
    /// The time of creation, in seconds since 1970.
    public let created: Int
    /// The instruction or command that made the step.
    public let createdBy: String
    /// The bytes that the step added.
    public let size: Int
    /// Names of the image at this step.
    public let tags: [String]
    /// The comment; often empty.
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
