import DockerEngine
import Model

/// The images that Minke built on an engine, read with one request.
public struct OwnImages: Sendable {
    /// The images as the engine listed them.
    public private(set) var images: [ImageSummary]
    /// The images of each identity, the preferred one first.
    private var byIdentity: [String: [ImageSummary]] = [:]
    private var byTag: [String: String] = [:]

    /// Indexes images by their identity and their names.
    public init(_ images: [ImageSummary]) {
        self.images = images
        for image in images {
            guard let identity = image.labels[Labels.identity] else { continue }
            for tag in image.tags { byTag[tag] = image.id }
            byIdentity[identity, default: []].append(image)
        }
        for identity in byIdentity.keys { byIdentity[identity]?.sort { Self.rank($0) > Self.rank($1) } }
    }

    /// Reads the images from an engine.
    public init(_ engine: Engine) async throws {
        self.init(try await engine.images(filters: ["label": [Labels.identity]]))
    }

    /// The rank among images of one identity: those with a name come first, then the newest.
    private static func rank(_ image: ImageSummary) -> (Int, Int) { (image.tags.isEmpty ? 0 : 1, image.created) }

    /// Drops images that only inherited their labels: the steps of failed builds, and images that somebody built or
    /// committed on one of Minke's.
    ///
    /// Minke's own images end with the instruction that labels them, or were imported as a whole. That is read from the
    /// image's history, which goes with it to other engines.
    mutating func verify(_ identities: [String], _ engine: Engine) async throws {
        for identity in identities {
            while let image = byIdentity[identity]?.first {
                let last = try await engine.history(of: image.id).first
                if last.map({ $0.createdBy.contains(identity) || $0.comment.hasPrefix("Imported") }) ?? false { break }
                byIdentity[identity]?.removeFirst()
            }
        }
    }

    /// The preferred image of an identity; nil if there is none.
    public func image(of identity: String) -> ImageSummary? { byIdentity[identity]?.first }

    /// The id of the image with a name.
    public func id(of reference: ImageReference) -> String? { byTag[reference.description] }
}
