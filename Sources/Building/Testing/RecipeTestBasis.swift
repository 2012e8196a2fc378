import Cryptography
import DockerEngine
import Model
import Recipes

/// The engine and its images, on which the results of recipes' tests depend beside the tests' files.
public struct RecipeTestBasis: Sendable {
    static let format = 1

    /// The ids of images by their names. A rebuilt image has another id, even if its recipe is the same.
    let images: [String: String]
    /// The versions of the engine, its kernel and its components.
    let engine: Value

    /// Reads the images and versions of an engine.
    ///
    /// - Throws: `EngineError`; `EngineUnreachable` if none answers.
    public init(_ engine: Engine) async throws {
        var images: [String: String] = [:]
        for image in try await engine.images() {
            for tag in image.tags { images[tag] = image.id }
        }
        let version = try await engine.version()
        let information = try await engine.information()
        self.init(
            images: images,
            engine: [
                "version": .string(version.version), "kernel": .string(version.kernel),
                "architecture": .string(version.architecture),
                "components": .map(ValueMap(version.components.map { ($0.key, .string($0.value)) })),
                "storage": .string(information.storageDriver), "cgroups": .string(information.cgroupVersion),
                "security": .list(information.securityOptions.sorted().map { .string($0) }),
            ])
    }

    init(images: [String: String], engine: Value) {
        self.images = images
        self.engine = engine
    }

    /// The environment variables of a test for the images that it uses beside its own: `IMAGE_<recipe>` with the
    /// image's name.
    public static func variables(of files: RecipeTestFiles, in plan: ImagePlan) -> [String: String] {
        var variables: [String: String] = [:]
        for image in plan.images {
            let name = String(image.name.map { $0 == "-" ? "_" : $0 })
            if files.images.contains(name) { variables["IMAGE_\(name)"] = "\(image.reference)" }
        }
        return variables
    }

    /// The hash of images by their ids, the engine and further values, in hexadecimal digits. Images that do not exist
    /// count as such.
    public func identity(of references: [String], more: [String]) -> String {
        SHA256.hex(
            of: JSON.bytes([
                "format": .int(Self.format), "engine": engine,
                "images": .map(ValueMap(references.map { ($0, .string(images[$0] ?? "")) })),
                "more": .list(more.map { .string($0) }),
            ]))
    }

    /// The hash of everything that the result of a recipe's test depends on, in hexadecimal digits; nil if the recipe's
    /// image does not exist.
    ///
    /// It is SHA-256 over a JSON object with sorted keys (the format's version, the recipe, the release, the ids of its
    /// image and of those that the test names, the engine, the runner, the further values), followed by every file of
    /// the test.
    ///
    /// - Parameters:
    ///   - runner: the version of the program that runs the test, such as a hash of its source.
    ///   - more: further values on which the result depends.
    public func identity(
        of image: PlannedImage, in plan: ImagePlan, files: RecipeTestFiles, runner: String, more: [String] = []
    ) -> String? {
        guard let own = images["\(image.reference)"] else { return nil }
        let others = Self.variables(of: files, in: plan).mapValues { images[$0] ?? "" }
        var hash = SHA256()
        hash.update(
            JSON.bytes([
                "format": .int(Self.format), "recipe": .string(image.name), "image": .string(own),
                "others": .map(ValueMap(others.map { ($0.key, .string($0.value)) })), "engine": engine,
                "release": .string(plan.release.name), "runner": .string(runner),
                "more": .list(more.map { .string($0) }),
            ]))
        files.hash(into: &hash)
        return hash.hex()
    }
}
