import DockerEngine
import Model

/// The images of this program that an engine has, read by one list call.
public struct ImageStock: Sendable {
    public private(set) var images: [ImageSummary]
    /// The images of each identity, the likeliest first.
    private var byIdentity: [String: [ImageSummary]] = [:]
    private var byTag: [String: String] = [:]

    public init(_ images: [ImageSummary]) {
        self.images = images
        for image in images {
            guard let identity = image.labels[Labels.identity] else { continue }
            for tag in image.tags { byTag[tag] = image.id }
            byIdentity[identity, default: []].append(image)
        }
        for identity in byIdentity.keys { byIdentity[identity]?.sort { Self.rank($0) > Self.rank($1) } }
    }

    /// Asks the engine for its images.
    public init(_ engine: Engine) async throws {
        self.init(try await engine.images(filters: ["label": [Labels.identity]]))
    }

    /// The preference among images of one identity: those with a name first, then the newest.
    private static func rank(_ image: ImageSummary) -> (Int, Int) { (image.tags.isEmpty ? 0 : 1, image.created) }

    /// Forgets images that only inherited their label: the steps of a failed build, and images that somebody built or
    /// committed on an image of this program, whatever their names.
    ///
    /// An image of this program's own ends with the instruction that labels it, or was imported as a whole; its
    /// history, which tells that, goes with it to other engines.
    mutating func verify(_ identities: [String], _ engine: Engine) async throws {
        for identity in identities {
            while let image = byIdentity[identity]?.first {
                let last = try await engine.history(of: image.id).first
                if last.map({ $0.createdBy.contains(identity) || $0.comment.hasPrefix("Imported") }) ?? false { break }
                byIdentity[identity]?.removeFirst()
            }
        }
    }

    /// The likeliest image of an identity; nil where there is none.
    public func image(of identity: String) -> ImageSummary? { byIdentity[identity]?.first }

    /// The id of the image with a name.
    public func id(of reference: ImageReference) -> String? { byTag[reference.description] }
}
