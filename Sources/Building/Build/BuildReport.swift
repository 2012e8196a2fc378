import Model

/// The result of a run of builds, image by image.
public struct BuildReport: Sendable {
    /// The outcome for one image.
    public enum Outcome: Sendable, Hashable {
        /// The image exists already; `tagged` tells whether it got a name that it did not have.
        case present(tagged: Bool)
        case built(seconds: Double)
        case failed(BuildFailure)
        /// Not built, since the image's parent, or another image that its build needed, failed.
        case skipped(because: String)
    }

    /// One image with its outcome.
    public struct Row: Sendable {
        /// The name of the recipe.
        public let name: String
        /// The name of the image, with its tag.
        public let reference: String
        /// The image's identity; see `ImageIdentity`.
        public let identity: String
        /// The engine's id of the image; nil if there is none.
        public var id: String?
        /// The outcome of the run for this image.
        public var outcome: Outcome
    }

    /// The images, parents before children.
    public var rows: [Row] = []
    /// The duration of the run, in seconds.
    public var seconds = 0.0

    /// Whether all images exist.
    public var isSuccess: Bool {
        rows.allSatisfy { row in
            switch row.outcome {
            case .present, .built: true
            case .failed, .skipped: false
            }
        }
    }

    /// A line for people with the numbers of images by their outcome.
    public var summary: String {
        var counts = (present: 0, tagged: 0, built: 0, failed: 0, skipped: 0)
        for row in rows {
            switch row.outcome {
            case .present(let tagged):
                if tagged { counts.tagged += 1 } else { counts.present += 1 }
            case .built: counts.built += 1
            case .failed: counts.failed += 1
            case .skipped: counts.skipped += 1
            }
        }
        let parts = [
            (counts.built, "built"), (counts.tagged, "tagged"), (counts.present, "up to date"),
            (counts.failed, "failed"), (counts.skipped, "skipped"),
        ]
        let text = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
        return "\(text.isEmpty ? "nothing to build" : text) in \(Duration.seconds(seconds).words())"
    }

    /// The report as JSON.
    public var value: Value {
        let items = rows.map { row -> Value in
            var map = ValueMap([
                ("recipe", .string(row.name)), ("image", .string(row.reference)), ("identity", .string(row.identity)),
            ])
            if let id = row.id { map["id"] = .string(id) }
            switch row.outcome {
            case .present(let tagged):
                map["outcome"] = tagged ? "tagged" : "present"
            case .built(let seconds):
                map["outcome"] = "built"
                map["seconds"] = .double(seconds)
            case .failed(let failure):
                map["outcome"] = "failed"
                map["error"] = .string(failure.description)
            case .skipped(let cause):
                map["outcome"] = "skipped"
                map["because"] = .string(cause)
            }
            return .map(map)
        }
        return ["images": .list(items), "seconds": .double(seconds)]
    }
}

/// The error of one image's build.
public struct BuildFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// The name of the recipe.
    public let recipe: String
    /// The `FILE:LINE` of the failed instruction; nil if no instruction failed.
    public let place: String?
    /// The engine's or the program's message.
    public let message: String
    /// The last lines of the build's output.
    public let log: [String]
    /// The path of the file with the whole output; nil if it could not be written.
    let logFile: String?

    /// The place, the recipe and the message, followed by the end of the build's output and the path of the whole.
    public var description: String {
        var text = (place.map { "\($0): " } ?? "") + "\(recipe) failed: \(message)"
        if !log.isEmpty { text += "\n" + log.map { "    \($0)" }.joined(separator: "\n") }
        if let logFile { text += "\n    the whole log: \(logFile)" }
        return text
    }
}
