import DockerEngine
import Model

/// The images that Minke built on an engine, as a list to show.
public struct ImageList: Sendable, Hashable {
    /// One image.
    public struct Row: Sendable, Hashable {
        /// The name of the recipe.
        public let recipe: String
        /// The name of the release.
        public let release: String
        /// The names with tags, sorted.
        public let tags: [String]
        /// The engine's id of the image.
        public let id: String
        /// The image's identity; see `ImageIdentity`.
        public let identity: String
        /// The size in bytes, layers shared with other images included.
        public let size: Int
        /// The time of creation, in seconds since 1970.
        public let created: Int
        /// Minke's labels that are not empty, without those of its own bookkeeping.
        public let labels: [String: String]
    }

    /// The images, sorted by name.
    public let rows: [Row]

    /// Reads the images that have all of the labels, each `KEY` or `KEY=VALUE`. A key without a dot is one of Minke's.
    public static func read(_ engine: Engine, labels: [String] = []) async throws -> ImageList {
        let filters = ["label": [Labels.identity] + labels.map(fullLabel)]
        return ImageList(try await engine.images(filters: filters))
    }

    /// A label with its full key: a key without a dot gets Minke's prefix.
    static func fullLabel(_ text: String) -> String {
        let key = text.prefix { $0 != "=" }
        return key.contains(".") ? text : Labels.prefix + text
    }

    init(_ images: [ImageSummary]) {
        let own: Set<String> = [Labels.recipe, Labels.identity, Labels.release, Labels.parent]
        // An image that was built on another one inherits its labels but has another name.
        rows = images.filter { image in
            image.tags.isEmpty || image.tags.contains { isImageName($0, ofRecipe: image.labels[Labels.recipe] ?? "") }
        }.map { image in
            Row(
                recipe: image.labels[Labels.recipe] ?? "", release: image.labels[Labels.release] ?? "",
                tags: image.tags.sorted(), id: image.id, identity: image.labels[Labels.identity] ?? "",
                size: image.size, created: image.created,
                labels: image.labels.filter {
                    $0.key.hasPrefix(Labels.prefix) && !own.contains($0.key) && !$0.value.isEmpty
                })
        }.sorted { ($0.tags.first ?? "~", $0.recipe, $0.id) < ($1.tags.first ?? "~", $1.recipe, $1.id) }
    }

    /// The list as JSON.
    public var value: Value {
        .list(
            rows.map { row in
                [
                    "recipe": .string(row.recipe), "release": .string(row.release), "id": .string(row.id),
                    "tags": .list(row.tags.map { .string($0) }), "identity": .string(row.identity),
                    "size": .int(row.size), "created": .int(row.created),
                    "labels": .map(ValueMap(row.labels.map { ($0.key, .string($0.value)) })),
                ]
            })
    }
}
