import DockerEngine
import Model

/// The images of this program that an engine has.
public struct ImageList: Sendable, Hashable {
    public struct Row: Sendable, Hashable {
        public let recipe: String
        public let release: String
        public let tags: [String]
        public let id: String
        public let identity: String
        /// Bytes, shared layers included.
        public let size: Int
        /// Seconds since 1970.
        public let created: Int
        /// Without those of Minke's own bookkeeping.
        public let labels: [String: String]
    }

    /// Sorted by name.
    public let rows: [Row]

    /// Asks the engine for images with all of the labels, each `KEY` or `KEY=VALUE`; a key without a dot is Minke's own.
    public static func read(_ engine: Engine, labels: [String] = []) async throws -> ImageList {
        let filters = ["label": [Labels.identity] + labels.map(fullLabel)]
        return ImageList(try await engine.images(filters: filters))
    }

    /// A label with the prefix that a short key stands for.
    static func fullLabel(_ text: String) -> String {
        let key = text.prefix { $0 != "=" }
        return key.contains(".") ? text : Labels.prefix + text
    }

    init(_ images: [ImageSummary]) {
        let own: Set<String> = [Labels.recipe, Labels.identity, Labels.release, Labels.parent]
        // A child of an image inherits its labels, and has another name.
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
