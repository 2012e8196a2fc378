import HTTP
import Model
import Synchronization

/// A line of the engine's report while it pulls, pushes or loads an image.
public struct ImageProgress: Sendable, Hashable {
    /// A word such as `Downloading`; empty in lines with other data.
    public let status: String
    /// The layer or tag that the line is about.
    public let id: String
    /// The bytes done; 0 where they are not known.
    public let current: Int
    /// The bytes to do; 0 where they are not known.
    public let total: Int
    /// The image's digest, at the end of a push; nil in other lines.
    public let digest: String?
}

extension ImageProgress {
    init(_ value: Value) {
        status = value.text("status")
        id = value.text("id")
        current = value["progressDetail"]?.number("current") ?? 0
        total = value["progressDetail"]?.number("total") ?? 0
        digest = value["aux"]?.optionalText("Digest")
    }
}

extension Engine {
    /// Sends a request whose response is lines of progress, and returns the last one.
    ///
    /// - Throws: `EngineError` for an error among them.
    func progress(
        _ what: String, _ request: HTTPRequest, _ onProgress: (@Sendable (ImageProgress) -> Void)?
    ) async throws -> ImageProgress? {
        let last = Mutex<ImageProgress?>(nil)
        try await values(what, request) { value in
            if let message = value.optionalText("error") {
                throw EngineError(call: what, status: 200, message: message)
            }
            let line = ImageProgress(value)
            last.withLock { $0 = line }
            onProgress?(line)
        }
        return last.withLock { $0 }
    }

    /// Sends a request whose response is JSON values, one a line; an error that `onValue` throws ends it.
    func values(
        _ what: String, _ request: HTTPRequest, _ onValue: @escaping @Sendable (Value) throws -> Void
    ) async throws {
        let lines = Mutex(LineSplitter())
        let response = try await send(
            request,
            onBody: { piece in
                for value in try lines.withLock({ try $0.add(piece) }) { try onValue(value) }
            })
        _ = try check(what, response)
        for value in try lines.withLock({ try $0.finish() }) { try onValue(value) }
    }
}
