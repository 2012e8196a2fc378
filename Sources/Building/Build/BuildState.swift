import DockerEngine
import Model

/// The state of one run of builds: images that exist, images to build, and outcomes so far.
struct BuildState {
    private let plan: ImagePlan
    private let options: BuildOptions
    private var history: BuildHistory
    private var ids: [String: String]
    private let wantedNames: Set<String>
    private var rows: [String: BuildReport.Row] = [:]
    /// The wanted images that the engine has, with their ids.
    let present: [(PlannedImage, String)]
    /// The images to build, parents before children, including parents of wanted images and the package cache.
    let missing: [PlannedImage]
    var cacheIsWanted: Bool

    init(plan: ImagePlan, wanted: [PlannedImage], stock: OwnImages, options: BuildOptions) {
        self.plan = plan
        self.options = options
        history = BuildHistory(folder: options.cacheDirectory)
        var ids: [String: String] = [:]
        for image in plan.images { ids[image.name] = stock.image(of: image.identity)?.id }
        var present: [(PlannedImage, String)] = []
        var names: Set<String> = []
        for image in wanted {
            if !options.rebuilds, let id = ids[image.name] {
                present.append((image, id))
                continue
            }
            names.insert(image.name)
            // An existing parent is not built again because its child is.
            var next = image.parent.flatMap { plan[$0] }
            while let parent = next, ids[parent.name] == nil {
                names.insert(parent.name)
                next = parent.parent.flatMap { plan[$0] }
            }
        }
        cacheIsWanted = false
        if options.usesPackageCache, let cache = plan[PackageCache.recipe],
            names.contains(where: { plan[$0]?.parent != nil && $0 != cache.name })
        {
            cacheIsWanted = true
            var next: PlannedImage? = cache
            while let image = next, ids[image.name] == nil {
                names.insert(image.name)
                next = image.parent.flatMap { plan[$0] }
            }
        }
        self.present = present
        missing = plan.images.filter { names.contains($0.name) }
        if options.rebuilds { for image in missing { ids[image.name] = nil } }
        self.ids = ids
        wantedNames = Set(wanted.map(\.name))
    }

    /// The nodes of the schedule. Each image needs its parent and, unless the package cache is built on it, the cache.
    var nodes: [BuildSchedule.Node] {
        let names = Set(missing.map(\.name))
        let cacheChain = names.contains(PackageCache.recipe) && cacheIsWanted ? chain(of: PackageCache.recipe) : []
        return missing.map { image in
            var needs: Set<String> = []
            if let parent = image.parent, names.contains(parent) { needs.insert(parent) }
            if !cacheChain.isEmpty, !cacheChain.contains(image.name) { needs.insert(PackageCache.recipe) }
            return BuildSchedule.Node(
                name: image.name, needs: needs, seconds: history[image, plan.release.name].seconds)
        }
    }

    /// A recipe and all its ancestors.
    private func chain(of name: String) -> Set<String> {
        var names: Set<String> = []
        var next = plan[name]
        while let image = next {
            names.insert(image.name)
            next = image.parent.flatMap { plan[$0] }
        }
        return names
    }

    var expectedBytes: Int {
        // A child's size includes that of its parent, which is stored once.
        missing.reduce(0) { sum, image in
            let own = history[image, plan.release.name].bytes
            let parent = image.parent.flatMap { plan[$0] }.map { history[$0, plan.release.name].bytes } ?? 0
            return sum + max(own - parent, own / 10)
        }
    }

    /// The id of the package cache's image, if it exists and the proxy is still to be started.
    var readyCacheImage: String? { cacheIsWanted ? ids[PackageCache.recipe] : nil }

    /// The name and id of an image's parent; nil if it has none or the parent does not exist.
    func base(of image: PlannedImage) -> (name: String, id: String)? {
        guard let parent = image.parent.flatMap({ plan[$0] }), let id = ids[parent.name] else { return nil }
        return (parent.reference.description, id)
    }

    mutating func note(_ image: PlannedImage, _ outcome: BuildReport.Outcome, id: String?) {
        if let id { ids[image.name] = id }
        rows[image.name] = BuildReport.Row(
            name: image.name, reference: image.reference.description, identity: image.identity, id: id,
            outcome: outcome)
    }

    mutating func remember(_ image: PlannedImage, seconds: Double, bytes: Int) {
        history[image, plan.release.name] = BuildHistory.Entry(seconds: seconds, bytes: bytes)
    }

    /// Whether the image is built only because others need it.
    func isOnlyHelper(_ name: String) -> Bool { !wantedNames.contains(name) }

    /// Saves the history. A failure is ignored, since it costs only a worse order of the next builds.
    func saveHistory() { try? history.save() }

    var report: BuildReport {
        var report = BuildReport()
        report.rows = plan.images.compactMap { rows[$0.name] }
        return report
    }
}
