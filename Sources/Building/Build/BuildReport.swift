import Model

/// The outcome of a run of builds, image by image.
public struct BuildReport: Sendable {
    public enum Outcome: Sendable, Hashable {
        /// An image with this identity exists; `tagged` where it got a name that it did not have.
        case present(tagged: Bool)
        case built(seconds: Double)
        case failed(BuildFailure)
        /// The image's parent, or another image that its build needed, failed.
        case skipped(because: String)
    }

    public struct Row: Sendable {
        public let name: String
        public let reference: String
        public let identity: String
        public var id: String?
        public var outcome: Outcome
    }

    /// The images, parents before children.
    public var rows: [Row] = []
    public var seconds = 0.0

    public var isSuccess: Bool {
        rows.allSatisfy { row in
            switch row.outcome {
            case .present, .built: true
            case .failed, .skipped: false
            }
        }
    }

    /// One line for people: what was built, what was there, what failed.
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
        return "\(text.isEmpty ? "nothing to build" : text) in \(tenths(seconds)) s"
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

/// A build that failed: the recipe, the line of its Dockerfile, and the end of its log.
public struct BuildFailure: Error, Sendable, Hashable, CustomStringConvertible {
    public let recipe: String
    /// The `FILE:LINE` of the failed instruction; nil where no instruction failed.
    public let place: String?
    public let message: String
    /// The last lines of the build's output.
    public let log: [String]
    /// The file with the build's whole output.
    public let logFile: String?

    public var description: String {
        var text = (place.map { "\($0): " } ?? "") + "\(recipe) failed: \(message)"
        if !log.isEmpty { text += "\n" + log.map { "    \($0)" }.joined(separator: "\n") }
        if let logFile { text += "\n    all of it is in \(logFile)" }
        return text
    }
}

/// Some of the images could not be built; the report tells which.
public struct BuildsFailed: Error, Sendable, CustomStringConvertible {
    public let report: BuildReport

    public var description: String {
        var parts: [String] = []
        for row in report.rows {
            if case .failed(let failure) = row.outcome { parts.append(failure.description) }
        }
        for row in report.rows {
            if case .skipped(let cause) = row.outcome { parts.append("\(row.name) skipped: \(cause) failed") }
        }
        return parts.joined(separator: "\n")
    }
}

/// A number with one digit after the point.
func tenths(_ number: Double) -> String {
    let scaled = Int((number * 10).rounded())
    return "\(scaled / 10).\(scaled % 10)"
}
