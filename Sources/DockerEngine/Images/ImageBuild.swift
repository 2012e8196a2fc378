import HTTP
import Model
import Synchronization

/// The options of a build with the engine's classic builder.
public struct ImageBuild: Sendable, Hashable {
    /// The path of the Dockerfile in the context.
    public var dockerfile = "Dockerfile"
    /// The names that the image gets.
    public var tags: [String] = []
    /// Build arguments; they stay in the image's history and so must never be secrets.
    public var arguments: [String: String] = [:]
    /// Labels beside the Dockerfile's.
    public var labels: [String: String] = [:]
    /// The network of the steps, such as `host`; nil for the engine's default.
    public var networkMode: String?
    /// Whether the registry is asked for a newer parent even where the engine has one.
    public var pulls = false
    /// Whether steps of earlier builds are reused.
    public var usesCache = true
    /// Further entries of /etc/hosts, as `name:address`.
    public var extraHosts: [String] = []
    /// The memory limit of a step in bytes; nil for none.
    public var memory: Int?
    /// Images whose steps may be reused.
    public var cacheFrom: [String] = []

    /// Creates the options of a build without names.
    public init() {}

    var query: [(String, String)] {
        var pairs = [("dockerfile", dockerfile), ("rm", "1"), ("forcerm", "1"), ("version", "1")]
        pairs += tags.map { ("t", $0) }
        if !arguments.isEmpty { pairs.append(("buildargs", JSON.text(.textMap(arguments)))) }
        if !labels.isEmpty { pairs.append(("labels", JSON.text(.textMap(labels)))) }
        if let networkMode { pairs.append(("networkmode", networkMode)) }
        if pulls { pairs.append(("pull", "1")) }
        if !usesCache { pairs.append(("nocache", "1")) }
        pairs += extraHosts.map { ("extrahosts", $0) }
        if let memory { pairs.append(("memory", String(memory))) }
        if !cacheFrom.isEmpty { pairs.append(("cachefrom", JSON.text(.texts(cacheFrom)))) }
        return pairs
    }
}

/// An error of a failed build, with the engine's message and the failed step.
public struct ImageBuildFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// The Dockerfile's instruction, such as `RUN make`; empty before the first step.
    public let instruction: String
    /// The step's number, counted from 1; 0 before the first step.
    public let step: Int
    /// The number of steps; 0 before the first one.
    public let steps: Int
    /// The engine's message.
    public let message: String
    /// The exit code of the step's program; nil where none ran.
    public let exitCode: Int?

    /// The step and the message.
    public var description: String {
        step == 0 ? message : "step \(step) of \(steps), \(instruction): \(message)"
    }
}

extension Engine {
    /// Builds an image from a tar stream of its context, and returns its id.
    ///
    /// - Parameter onOutput: receives the builder's text as it comes, step headings included.
    /// - Throws: `ImageBuildFailure` for a failed step, `EngineError` for a context that the engine refuses.
    public func buildImage(
        _ build: ImageBuild, context: HTTPRequest.Body, onOutput: (@Sendable (String) -> Void)? = nil
    ) async throws -> String {
        let request = HTTPRequest(
            "POST", try await url("/build", build.query), headers: [("Content-Type", "application/x-tar")],
            body: context)
        let progress = Mutex(BuildProgress())
        let what = "build \(build.tags.first ?? "an image")"
        try await values(what, request) { value in
            try progress.withLock { try $0.take(value) }
            if let text = value["stream"]?.string { onOutput?(text) }
        }
        guard let id = progress.withLock({ $0.id }) else {
            throw EngineError(call: what, status: 200, message: "the engine named no image")
        }
        return id
    }
}

/// The current step and the resulting image of a build, as its output gives them.
struct BuildProgress {
    private(set) var id: String?
    private(set) var step = 0
    private(set) var steps = 0
    private(set) var instruction = ""

    mutating func take(_ value: Value) throws {
        if let message = value.optionalText("error") {
            throw ImageBuildFailure(
                instruction: instruction, step: step, steps: steps, message: message,
                exitCode: value["errorDetail"]?["code"]?.wholeNumber)
        }
        if let id = value["aux"]?.optionalText("ID") { self.id = id }
        if let text = value["stream"]?.string { readHeading(text) }
    }

    /// Reads a heading such as `Step 2/5 : RUN make`.
    private mutating func readHeading(_ text: String) {
        guard text.hasPrefix("Step ") else { return }
        let parts = text.dropFirst(5).split(separator: " : ", maxSplits: 1)
        let numbers = parts.first?.split(separator: "/").compactMap { Int($0) } ?? []
        guard parts.count == 2, numbers.count == 2 else { return }
        step = numbers[0]
        steps = numbers[1]
        instruction = String(parts[1].prefix { !$0.isNewline })
    }
}
