import DockerEngine
import Model

/// The images of this program that an engine has, from one list call.
public struct ImageStock: Sendable {
    public private(set) var images: [ImageSummary]
    private var byIdentity: [String: ImageSummary] = [:]
    private var byTag: [String: String] = [:]

    public init(_ images: [ImageSummary]) {
        self.images = images
        for image in images {
            guard let identity = image.labels[Labels.identity] else { continue }
            for tag in image.tags { byTag[tag] = image.id }
            if let other = byIdentity[identity], Self.rank(other) > Self.rank(image) { continue }
            byIdentity[identity] = image
        }
    }

    /// Asks the engine.
    public init(_ engine: Engine) async throws {
        self.init(try await engine.images(filters: ["label": [Labels.identity]]))
    }

    /// Of several images of one identity one with a name counts, and of those the newest.
    private static func rank(_ image: ImageSummary) -> (Int, Int) { (image.tags.isEmpty ? 0 : 1, image.created) }

    /// Forgets images without a name that only inherited their label, such as steps of a build that failed.
    ///
    /// An image of its own ends with the instruction that labels it, or was imported as a whole.
    mutating func verify(_ identities: [String], _ engine: Engine) async throws {
        for identity in identities {
            guard let image = byIdentity[identity], image.tags.isEmpty else { continue }
            let last = try await engine.history(of: image.id).first
            let isOwn = last.map { $0.createdBy.contains(identity) || $0.comment.hasPrefix("Imported") } ?? false
            if !isOwn { byIdentity[identity] = nil }
        }
    }

    /// The image of an identity, if there is one.
    public func image(of identity: String) -> ImageSummary? { byIdentity[identity] }

    /// The id of the image that has a name.
    public func id(of reference: ImageReference) -> String? { byTag[reference.description] }
}
