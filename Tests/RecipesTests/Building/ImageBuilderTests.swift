import DockerEngine
import Model
import Recipes
import Synchronization
import System
import TestTools
import Testing

@testable import Building

/// Builds of tiny images on a real engine.
@Suite struct ImageBuilderTests {
    private struct Setup {
        let catalog: TemporaryCatalog
        let engine: Engine
        let settings: ImageSettings

        func plan(version: String = "latest") throws -> ImagePlan {
            var settings = settings
            settings.version = version
            return try ImagePlan(catalog: try catalog.load(), settings: settings, mirror: nil)
        }

        func build(
            _ names: [String] = [], version: String = "latest", observer: any BuildObserver = SilentObserver()
        ) async throws -> BuildReport {
            var options = BuildOptions()
            options.cacheDirectory = "\(catalog.folder)/cache"
            options.networkMode = "none"
            let plan = try plan(version: version)
            return try await ImageBuilder(engine: engine, plan: plan, options: options, observer: observer)
                .build(try plan.select(names))
        }

        /// Imports an image with one file in place of the root image, so that no package is downloaded.
        func makeRoot() async throws {
            guard let root = try plan()["root"] else { return }
            var labels = root.labels(release: try plan().release, base: nil)
            labels["io.minke.test"] = settings.prefix
            _ = try await engine.importImage(
                .tar([.text("etc/root", "\(settings.prefix)")]), as: root.reference,
                changes: labels.map { "LABEL \(instructionQuoted($0.key))=\(instructionQuoted($0.value))" })
        }

        func removeAll() async throws {
            let stock = try await engine.images(filters: ["label": [Labels.identity]])
            let own = stock.filter { image in
                image.labels["io.minke.test"] == settings.prefix
                    || image.tags.contains { $0.hasPrefix("\(settings.prefix)/") }
            }
            for image in own.sorted(by: { $0.created > $1.created }) {
                for tag in image.tags { try await engine.removeImage(tag, force: true) }
                if image.tags.isEmpty { try await engine.removeImage(image.id, force: true) }
            }
        }
    }

    private static let counter = Atomic(0)

    private func with(_ body: (Setup) async throws -> Void) async throws {
        try await TemporaryCatalog.with { catalog in
            let address =
                try environmentVariable("MINKE_TEST_DOCKER_HOST").map { try EngineAddress($0) } ?? .fromEnvironment()
            let number = Self.counter.wrappingAdd(1, ordering: .relaxed).newValue
            let prefix = "minke-test-build-\(try Files.target(ofLink: "/proc/self"))-\(number)"
            let setup = Setup(
                catalog: catalog, engine: Engine(address), settings: ImageSettings(prefix: prefix, release: "small"))
            try await EngineLock.shared.share {
                do {
                    try await setup.makeRoot()
                    try await body(setup)
                    try await setup.removeAll()
                } catch {
                    try await setup.removeAll()
                    throw error
                }
            }
        }
    }

    private func outcomes(_ report: BuildReport) -> [String] {
        report.rows.map { row in
            switch row.outcome {
            case .present(let tagged): "\(row.name) \(tagged ? "tagged" : "present")"
            case .built: "\(row.name) built"
            case .failed: "\(row.name) failed"
            case .skipped(let cause): "\(row.name) skipped for \(cause)"
            }
        }
    }

    @Test func buildsWhatIsMissingAndNothingElse() async throws {
        try await with { setup in
            try setup.catalog.addRecipe("base", "COPY file /file\n")
            try setup.catalog.write("recipes/base/file", "one")
            try setup.catalog.addRecipe("leaf", on: "base", image: "  groups: {openstack: common}\n", "ENV A=b\n")
            #expect(
                try await outcomes(setup.build(["leaf"])) == ["base built", "leaf built"])
            #expect(try await outcomes(setup.build()) == ["root present", "base present", "leaf present"])

            let leaf = try #require(try setup.plan()["leaf"])
            let details = try await setup.engine.inspectImage(leaf.reference.description)
            #expect(details.labels[Labels.identity] == leaf.identity)
            #expect(details.labels[Labels.parent] == leaf.parentIdentity)
            #expect(details.labels["io.minke.openstack"] == "common")
            #expect(details.labels["org.opencontainers.image.title"] == "leaf")
            let base = try #require(try setup.plan()["base"])
            let baseID = try await setup.engine.inspectImage(base.reference.description).id
            #expect(details.labels["org.opencontainers.image.base.digest"] == baseID)

            try setup.catalog.addRecipe("leaf", on: "base", image: "  groups: {openstack: common}\n", "ENV A=c\n")
            #expect(try await outcomes(setup.build()) == ["root present", "base present", "leaf built"])
            #expect(
                try await outcomes(setup.build(version: "1.0")) == ["root tagged", "base tagged", "leaf tagged"])

            let list = try await ImageList.read(setup.engine, labels: ["openstack=common"])
            let tags = list.rows.filter { $0.recipe == "leaf" }.flatMap(\.tags)
            let prefix = setup.settings.prefix
            #expect(
                tags.filter { $0.hasPrefix(prefix) } == ["\(prefix)/leaf:small-1.0", "\(prefix)/leaf:small-latest"])

            let shipping = ImageShipping(engine: setup.engine)
            let references = try setup.plan(version: "1.0").images.map(\.reference)
            #expect(try await shipping.clean(references).map(\.outcome) == [.untagged, .untagged, .untagged])
            #expect(try await shipping.clean(references).map(\.outcome) == [.absent, .absent, .absent])
        }
    }

    @Test func namesWhatFailedAndGoesOn() async throws {
        try await with { setup in
            try setup.catalog.addRecipe("bad", "\n# why\nCOPY missing /file\n")
            try setup.catalog.addRecipe("child", on: "bad", "")
            try setup.catalog.addRecipe("good", "COPY Dockerfile /\n")
            let seen = SeenEvents()
            let report = try await setup.build(observer: seen)
            #expect(
                outcomes(report) == ["root present", "bad failed", "good built", "child skipped for bad"])
            #expect(!report.isSuccess)
            guard case .failed(let failure)? = report.rows.first(where: { $0.name == "bad" })?.outcome else {
                Issue.record("no failure")
                return
            }
            #expect(failure.place == "\(setup.catalog.folder)/recipes/bad/Dockerfile:5")
            #expect(failure.message.contains("missing"))
            #expect(failure.log.last?.contains("COPY missing") == true)
            #expect(seen.lines == ["planned bad good child", "failed bad", "skipped child", "built good"].sorted())
            #expect(
                report.value["images"]?.list?.map { $0["outcome"]?.string } == [
                    "present", "failed", "built", "skipped",
                ])
        }
    }

    @Test func takesNoStepOfAFailedBuildForAnImage() async throws {
        try await with { setup in
            try setup.catalog.addRecipe("base", image: "  groups: {openstack: common}\n", "COPY Dockerfile /\n")
            _ = try await setup.build()
            let base = try #require(try setup.plan()["base"])
            let id = try await setup.engine.inspectImage(base.reference.description).id
            // Its first step is an intermediate image with its parent's labels, and is newer.
            try setup.catalog.addRecipe("bad", on: "base", "ENV A=b\nCOPY missing /\n")
            #expect(try await outcomes(setup.build()).last == "bad failed")
            var stock = try await OwnImages(setup.engine)
            #expect(stock.image(of: base.identity)?.id == id)
            try await setup.engine.tag(id, as: ImageReference(path: "\(setup.settings.prefix)/kept", tag: "x"))
            #expect(try await outcomes(setup.build()).first { $0.hasPrefix("base") } == "base present")

            // Without a name the image is intermediate, and engines do not list it; the images built on it must not be
            // taken for it.
            try await setup.engine.removeImage(base.reference.description)
            try await setup.engine.removeImage("\(setup.settings.prefix)/kept:x")
            stock = try await OwnImages(setup.engine)
            try await stock.verify([base.identity], setup.engine)
            #expect(stock.image(of: base.identity) == nil)
            try setup.catalog.addRecipe("leaf", on: "base", "COPY Dockerfile /\n")
            try setup.catalog.addRecipe("bad", on: "base", "ENV A=c\n")
            #expect(try await outcomes(setup.build()).allSatisfy { !$0.hasSuffix("failed") })
            let list = try await ImageList.read(setup.engine, labels: ["openstack=common"])
            let tags = list.rows.flatMap(\.tags).filter { $0.hasPrefix(setup.settings.prefix) }
            #expect(tags == ["\(setup.settings.prefix)/base:small-latest"])
        }
    }

    @Test func takesNoImageOfSomebodyElseThatIsBuiltOnOne() async throws {
        try await with { setup in
            try setup.catalog.addRecipe("base", "COPY Dockerfile /\n")
            _ = try await setup.build()
            let base = try #require(try setup.plan()["base"])
            let id = try await setup.engine.inspectImage(base.reference.description).id
            var build = ImageBuild()
            build.tags = ["\(setup.settings.prefix)/mine:x"]
            build.labels = ["mine": "yes"]
            let child = try await setup.engine.buildImage(
                build, context: .tar([.text("Dockerfile", "FROM \(base.reference)\nENV MINE=yes\n")]))

            // The child is newer and the only one with a name: the base's name is removed, or given to the child.
            for isRenamed in [false, true] {
                try await setup.engine.removeImage(base.reference.description)
                if isRenamed { try await setup.engine.tag(child, as: base.reference) }
                #expect(try await outcomes(setup.build()).allSatisfy { !$0.hasSuffix("failed") })
                let now = try await setup.engine.inspectImage(base.reference.description).id
                #expect(now != child && now == id)
            }
            let tags = try await ImageList.read(setup.engine).rows.flatMap(\.tags)
            #expect(!tags.contains("\(setup.settings.prefix)/mine:x"))
        }
    }

    @Test func remembersHowLongBuildsTook() async throws {
        try await with { setup in
            try setup.catalog.addRecipe("leaf", "COPY Dockerfile /\n")
            _ = try await setup.build()
            let plan = try setup.plan()
            let leaf = try #require(plan["leaf"])
            let entry = BuildHistory(folder: "\(setup.catalog.folder)/cache")[leaf, "small"]
            #expect(entry != BuildHistory.unknown)
            #expect(entry.bytes > 0)
        }
    }
}

/// The events of a run, sorted, without those whose number varies.
private final class SeenEvents: BuildObserver {
    private let events = Mutex<[String]>([])

    var lines: [String] { events.withLock { $0.sorted() } }

    func observe(_ event: BuildEvent) {
        switch event {
        case .planned(let builds, _): add("planned \(builds.joined(separator: " "))")
        case .started, .output: break
        case .built(let name, _, _): add("built \(name)")
        case .failed(let failure): add("failed \(failure.recipe)")
        case .skipped(let name, _): add("skipped \(name)")
        case .note(let text): add(text)
        }
    }

    func finish() {}

    private func add(_ line: String) { events.withLock { $0.append(line) } }
}
