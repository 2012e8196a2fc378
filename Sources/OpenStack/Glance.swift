import HTTP
import Model

/// A client of Glance, the image service (Image API v2).
public struct Glance: Sendable {
    /// An image of the cloud.
    public struct Image: Sendable, Hashable {
        /// The UUID by which the API identifies it.
        public let id: String
        /// The name; several images can have the same.
        public let name: String
        /// The status: `queued`, `saving`, `active`, `killed`, and others.
        public let status: String
        /// The tags, by which images are found.
        public let tags: [String]
        /// The source of the image's bytes, as its creator stated it.
        public let source: String?

        init?(_ value: Value) {
            guard let id = value["id"]?.string else { return nil }
            self.id = id
            name = value["name"]?.string ?? ""
            status = value["status"]?.string ?? ""
            tags = value["tags"]?.list?.compactMap(\.string) ?? []
            source = value[Glance.sourceKey]?.string
        }
    }

    private static let sourceKey = "minke_source"
    private let service: Service

    /// Finds the service in the session's catalogue.
    ///
    /// - Throws: `Problems` if the region has no image service.
    public init(_ keystone: Keystone, region: String) throws {
        service = try Service("image", version: "v2", region: region, keystone: keystone)
    }

    /// Lists the images that have a tag.
    public func images(tag: String) async throws -> [Image] {
        try await service.list("/images?limit=1000&tag=\(tag.percentEncoded)", "images").compactMap(Image.init)
    }

    /// Reads an image; nil if there is none.
    public func image(_ id: String) async throws -> Image? {
        try await service.show("/images/\(id.percentEncoded)", nil).flatMap(Image.init)
    }

    /// Creates an image without content, which is to be uploaded next.
    ///
    /// - Parameter properties: further properties, which Nova reads, such as `hw_rng_model`.
    public func create(
        name: String, format: String, tag: String, source: String, properties: [(name: String, value: String)] = []
    ) async throws -> Image? {
        var fields = ValueMap([
            ("name", .string(name)), ("disk_format", .string(format)), ("container_format", "bare"),
            ("visibility", "private"), (Self.sourceKey, .string(source)),
        ])
        fields["tags"] = [.string(tag)]
        for property in properties { fields[property.name] = .string(property.value) }
        return Image(try await service.send("POST", "/images", .json(.map(fields))).body)
    }

    /// Uploads the content of an image, in `limit` at most.
    public func upload(_ content: HTTPRequest.Body, to id: String, limit: Duration) async throws {
        try await service.send(
            "PUT", "/images/\(id.percentEncoded)/file", .content(content), timeLimit: limit)
    }

    /// Deletes an image; a missing one is no error.
    public func delete(_ id: String) async throws { try await service.delete("/images/\(id.percentEncoded)") }
}
