import Model
import Recipes
import System

/// The images of a catalogue in one release, each with the content that it is built from.
public struct ImagePlan: Sendable {
    /// The release.
    public let release: Release
    /// The settings that determine the images' names.
    public let settings: ImageSettings
    /// The source of the root images.
    public let root: RootSource
    /// The images, parents before children.
    public let images: [PlannedImage]
    private let positions: [String: Int]

    /// Reads the content of the recipes and computes the images' identities.
    ///
    /// - Parameter mirror: the mirror to use instead of Debian's own; by default the value of `MINKE_MIRROR`.
    /// - Throws: `Problems` if the catalogue does not have the release.
    public init(
        catalog: Catalog, settings: ImageSettings, mirror: String? = environmentVariable("MINKE_MIRROR")
    ) throws {
        let names = catalog.releases.keys
        guard let release = catalog.releases[settings.release] else {
            throw Problems(
                "the catalogue has no release \(settings.release)",
                remedy: Remedy.nearest(to: settings.release, among: names, what: "release"))
        }
        let root = RootSource(release: release, rootImage: settings.rootImage, mirror: mirror)
        var images: [PlannedImage] = []
        var positions: [String: Int] = [:]
        for name in Self.parentsFirst(catalog, release: release.name) {
            guard let recipe = catalog.recipes[name] else { continue }
            let parent = recipe.image.parent.flatMap { positions[$0] }.map { images[$0] }
            let content = try RecipeContent(folder: recipe.folder)
            let identity = try ImageIdentity.compute(
                image: recipe.image, name: name, content: content, release: release,
                root: recipe.image.parent == nil ? root : nil, parent: parent?.identity)
            positions[name] = images.count
            images.append(
                PlannedImage(
                    recipe: recipe, identity: identity, parent: parent?.name, parentIdentity: parent?.identity,
                    content: content, reference: settings.reference(to: name)))
        }
        self.release = release
        self.settings = settings
        self.root = root
        self.images = images
        self.positions = positions
    }

    /// The image of a recipe; nil if the release does not have it.
    public subscript(name: String) -> PlannedImage? { positions[name].map { images[$0] } }

    /// Selects the images of the named recipes, or all for an empty list, in the plan's order.
    ///
    /// - Parameter group: only images of a group, such as `openstack=nova` or `openstack`; nil for no restriction.
    /// - Throws: `Problems` for a name that no recipe of the release has, and for an unknown group.
    public func select(_ names: [String], group: String? = nil) throws -> [PlannedImage] {
        var problems: [Problem] = []
        for name in names where positions[name] == nil {
            problems.append(
                Problem(
                    "release \(release.name) has no recipe \(name)",
                    remedy: Remedy.nearest(to: name, among: positions.keys, what: "recipe")))
        }
        if let group, !images.contains(where: { $0.recipe.image.isIn(group) }) {
            problems.append(
                Problem(
                    "no image of release \(release.name) belongs to \(group)",
                    remedy: Remedy.nearest(
                        to: group, among: Set(images.flatMap { $0.recipe.image.groupNames }), what: "group")))
        }
        if !problems.isEmpty { throw Problems(problems) }
        let wanted = Set(names)
        return images.filter { image in
            (wanted.isEmpty || wanted.contains(image.name)) && group.map { image.recipe.image.isIn($0) } ?? true
        }
    }

    /// The keys of the group and node labels that an image inherits.
    func groupLabelsAbove(_ image: PlannedImage) -> Set<String> {
        var keys: Set<String> = []
        var next = image.parent.flatMap { self[$0] }
        while let parent = next {
            keys.formUnion(parent.recipe.image.groups.keys.map { Labels.prefix + $0 })
            if parent.recipe.image.node != nil { keys.insert(Labels.node) }
            next = parent.parent.flatMap { self[$0] }
        }
        return keys
    }

    /// The recipes of a release, parents before children, otherwise by name.
    private static func parentsFirst(_ catalog: Catalog, release: String) -> [String] {
        var children: [String: [String]] = [:]
        for recipe in catalog.recipes.values where recipe.image.releases?.contains(release) ?? true {
            children[recipe.image.parent ?? "", default: []].append(recipe.name)
        }
        var order: [String] = []
        var next = children[""]?.sorted() ?? []
        while !next.isEmpty {
            order += next
            next = next.flatMap { children[$0] ?? [] }.sorted()
        }
        return order
    }
}

extension ImageRecipe {
    /// The groups that the image belongs to, as `KEY=VALUE`.
    fileprivate var groupNames: [String] { groups.map { "\($0)=\($1)" } + (node.map { ["node=\($0)"] } ?? []) }

    /// Whether the image belongs to a group, given as `KEY` or `KEY=VALUE`.
    func isIn(_ group: String) -> Bool {
        let parts = group.split(separator: "=", maxSplits: 1).map(String.init)
        guard let key = parts.first, let value = key == "node" ? node : groups[key] else { return false }
        return parts.count == 1 || value == parts[1]
    }
}
