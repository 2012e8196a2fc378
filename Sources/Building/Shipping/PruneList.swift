import DockerEngine
import Model

/// The images of Minke that nothing needs, and the space that their removal frees.
public struct PruneList: Sendable, Hashable {
    /// An image to remove.
    public struct Image: Sendable, Hashable {
        /// The engine's id of the image.
        public let id: String
        /// The recipe, if it is known, and the first digits of the id.
        public let name: String
        /// The time of creation, in seconds since 1970.
        public let created: Int
        /// The size, in bytes, of the layers that no image that stays, and none before it in the list, is built on.
        public let frees: Int
    }

    /// The images, children before their parents.
    public let images: [Image]

    /// The space that becomes free, in bytes. Layers that images share without one being built on the other count more
    /// than once.
    public var frees: Int { images.reduce(0) { $0 + $1.frees } }

    /// Reads the images and containers of an engine.
    public init(_ engine: Engine) async throws {
        async let all = engine.images(includingSteps: true)
        async let shown = engine.images()
        async let containers = engine.containers()
        self.init(
            all: try await all, shown: Set(try await shown.map(\.id)),
            used: Set(try await containers.map(\.imageID)))
    }

    /// - Parameters:
    ///   - all: all images of the engine, the intermediate steps of builds included.
    ///   - shown: the ids of the images that are more than intermediate steps.
    ///   - used: the ids of the images that containers use.
    init(all: [ImageSummary], shown: Set<String>, used: Set<String>) {
        let known = Dictionary(all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        /// The image and its ancestors, in this order.
        func lineage(_ image: ImageSummary) -> [ImageSummary] {
            var lineage: [ImageSummary] = []
            var seen: Set<String> = []
            var next: ImageSummary? = image
            while let image = next, seen.insert(image.id).inserted {
                lineage.append(image)
                next = known[image.parentID]
            }
            return lineage
        }
        let (candidates, others) = all.filter { shown.contains($0.id) || used.contains($0.id) }.parted { image in
            image.tags.isEmpty && image.labels[Labels.identity] != nil && !used.contains(image.id)
        }
        var staying = Set(others.flatMap { lineage($0).map(\.id) })
        images = candidates.filter { !staying.contains($0.id) }
            .sorted { (lineage($1).count, $1.created, $1.id) < (lineage($0).count, $0.created, $0.id) }
            .map { image in
                let own = lineage(image).prefix { !staying.contains($0.id) }
                staying.formUnion(own.map(\.id))
                // Nothing is left to count if another image of the list is built on this one.
                let below = own.last.map { known[$0.parentID]?.size ?? 0 } ?? image.size
                let name = image.labels[Labels.recipe].map { "\($0) \(shortID(image.id))" } ?? shortID(image.id)
                return Image(id: image.id, name: name, created: image.created, frees: max(0, image.size - below))
            }
    }
}

extension Array {
    fileprivate func parted(_ isFirst: (Element) -> Bool) -> (first: [Element], second: [Element]) {
        (filter(isFirst), filter { !isFirst($0) })
    }
}
