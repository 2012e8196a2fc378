import DockerEngine
import Model
import System

/// The outcome of pushing, pulling or removing one image.
public struct ImageChange: Sendable, Hashable {
    /// The outcome for the image.
    public enum Outcome: Sendable, Hashable {
        case pushed(digest: String?)
        case pulled
        case removed
        case untagged
        /// The engine does not have the name, so there was nothing to do.
        case absent
        /// The image was not removed, since something needs it.
        case kept(because: String)
        case failed(String)
    }

    /// The image's name, or its id if it has none.
    public let subject: String
    /// The outcome for the image.
    public let outcome: Outcome

    /// The change as one line for people.
    public var text: String {
        switch outcome {
        case .pushed(let digest): "\(subject): pushed" + (digest.map { " \($0)" } ?? "")
        case .pulled: "\(subject): pulled"
        case .removed: "\(subject): removed"
        case .untagged: "\(subject): name removed"
        case .absent: "\(subject): not there"
        case .kept(let cause): "\(subject): kept, \(cause)"
        case .failed(let message): "\(subject): \(message)"
        }
    }

    /// The change as JSON.
    public var value: Value {
        var map = ValueMap([("image", .string(subject))])
        switch outcome {
        case .pushed(let digest):
            map["outcome"] = "pushed"
            if let digest { map["digest"] = .string(digest) }
        case .pulled: map["outcome"] = "pulled"
        case .removed: map["outcome"] = "removed"
        case .untagged: map["outcome"] = "untagged"
        case .absent: map["outcome"] = "absent"
        case .kept(let cause):
            map["outcome"] = "kept"
            map["because"] = .string(cause)
        case .failed(let message):
            map["outcome"] = "failed"
            map["error"] = .string(message)
        }
        return .map(map)
    }

    /// Whether the operation failed.
    public var isFailure: Bool {
        if case .failed = outcome { return true }
        return false
    }
}

/// Transfers of images between an engine and a registry, and their removal.
public struct ImageShipping: Sendable {
    private let engine: Engine

    /// Works on the images of one engine.
    public init(engine: Engine) { self.engine = engine }

    /// Pushes images to the registry in their names, `jobs` at the same time.
    public func push(
        _ references: [ImageReference], credentials: RegistryCredentials?, jobs: Int = 2,
        onChange: @escaping @Sendable (ImageChange) -> Void = { _ in }
    ) async throws -> [ImageChange] {
        try await each(references, jobs: jobs, onChange) { reference in
            .pushed(digest: try await engine.pushImage(reference, credentials: credentials))
        }
    }

    /// Pulls images from the registry in their names, `jobs` at the same time.
    public func pull(
        _ references: [ImageReference], credentials: RegistryCredentials?, jobs: Int = 2,
        onChange: @escaping @Sendable (ImageChange) -> Void = { _ in }
    ) async throws -> [ImageChange] {
        try await each(references, jobs: jobs, onChange) { reference in
            try await engine.pullImage(reference, credentials: credentials)
            return .pulled
        }
    }

    /// Removes names, and images that then have none; a name that does not exist is no error.
    public func clean(_ references: [ImageReference]) async throws -> [ImageChange] {
        let known = Set(try await OwnImages(engine).images.flatMap(\.tags))
        // Children are removed before their parents, which otherwise stay.
        return try await each(references.reversed(), jobs: 1, nil) { reference in
            guard known.contains(reference.description) else { return .absent }
            let done = try await engine.removeImage(reference.description)
            return done.contains { $0.action == "Deleted" } ? .removed : .untagged
        }
    }

    /// Removes the images of a list; an image that is needed by now stays.
    public func prune(_ list: PruneList) async throws -> [ImageChange] {
        var changes: [ImageChange] = []
        for image in list.images {
            do {
                try await engine.removeImage(image.id)
                changes.append(ImageChange(subject: image.name, outcome: .removed))
            } catch let error as EngineError where error.isConflict {
                changes.append(
                    ImageChange(subject: image.name, outcome: .kept(because: "a container or another image needs it")))
            }
        }
        return changes
    }

    private func each(
        _ references: [ImageReference], jobs: Int, _ onChange: (@Sendable (ImageChange) -> Void)?,
        _ body: @escaping @Sendable (ImageReference) async throws -> ImageChange.Outcome
    ) async throws -> [ImageChange] {
        try await concurrently(references, atMost: jobs) { reference in
            let outcome: ImageChange.Outcome
            do {
                outcome = try await body(reference)
            } catch let error as EngineError {
                outcome = .failed(error.description)
            }
            let change = ImageChange(subject: reference.description, outcome: outcome)
            onChange?(change)
            return change
        }
    }
}

/// The first twelve digits of an image's id, as Docker shows it.
func shortID(_ id: String) -> String {
    String(id.drop { $0 != ":" }.dropFirst().prefix(12))
}
