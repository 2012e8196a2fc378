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
            // Of two builds of one identity the newer counts, which is what tags point to.
            if let other = byIdentity[identity], other.created > image.created { continue }
            byIdentity[identity] = image
        }
    }

    /// Asks the engine.
    public init(_ engine: Engine) async throws {
        self.init(try await engine.images(filters: ["label": [Labels.identity]]))
    }

    /// The image of an identity, if there is one.
    public func image(of identity: String) -> ImageSummary? { byIdentity[identity] }

    /// The id of the image that has a name.
    public func id(of reference: ImageReference) -> String? { byTag[reference.description] }
}
