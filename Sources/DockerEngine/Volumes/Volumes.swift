import HTTP
import Model

/// A named volume.
public struct Volume: Sendable, Hashable {
    /// The volume's name.
    public let name: String
    /// The driver, such as `local`.
    public let driver: String
    /// The path of the data on the engine's host.
    public let mountpoint: String
    /// The labels.
    public let labels: [String: String]
    /// The time of creation, in RFC 3339.
    public let created: String
}

extension Engine {
    /// Lists the volumes that pass the filters.
    public func volumes(filters: Filters = [:]) async throws -> [Volume] {
        let value = try await call("list volumes", "GET", "/volumes", query: filters.pair).json()
        return value.items("Volumes").map { Volume($0) }
    }

    /// Reads the details of one volume.
    public func inspectVolume(_ name: String) async throws -> Volume {
        Volume(try await call("inspect volume \(name)", "GET", "/volumes/\(percentEncoded(name))").json())
    }

    /// Creates a volume; returns an existing one unchanged, with its own labels.
    public func createVolume(
        _ name: String, labels: [String: String] = [:], driver: String = "local", options: [String: String] = [:]
    ) async throws -> Volume {
        var object = JSONObject()
        object.set("Name", name)
        object.set("Driver", driver)
        object.set("DriverOpts", notEmpty: options)
        object.set("Labels", notEmpty: labels)
        return Volume(
            try await call("create volume \(name)", "POST", "/volumes/create", json: object.value).json())
    }

    /// Removes a volume that no container uses; one that does not exist is no error.
    public func removeVolume(_ name: String, force: Bool = false) async throws {
        try await call(
            "remove volume \(name)", "DELETE", "/volumes/\(percentEncoded(name))",
            query: [("force", force ? "1" : "0")], allowing: [404])
    }
}

extension Volume {
    init(_ value: Value) {
        name = value.text("Name")
        driver = value.text("Driver")
        mountpoint = value.text("Mountpoint")
        labels = value.textMap("Labels")
        created = value.text("CreatedAt")
    }
}
