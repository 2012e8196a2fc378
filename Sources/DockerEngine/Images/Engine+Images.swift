import HTTP
import Model

extension Engine {
    /// Lists the images that pass the filters; intermediate images are left out unless asked for.
    public func images(filters: Filters = [:], includingSteps: Bool = false) async throws -> [ImageSummary] {
        let query = filters.pair + (includingSteps ? [("all", "true")] : [])
        let value = try await call("list images", "GET", "/images/json", query: query).json()
        return (value.list ?? []).map { ImageSummary($0) }
    }

    /// Reads the details of one image, by name or id.
    public func inspectImage(_ image: String) async throws -> ImageDetails {
        ImageDetails(try await call("inspect image \(image)", "GET", "\(path(image: image))/json").json())
    }

    /// Reads the steps that made an image, the newest first.
    public func history(of image: String) async throws -> [ImageHistoryEntry] {
        let value = try await call(
            "read the history of image \(image)", "GET", "\(path(image: image))/history"
        ).json()
        return (value.list ?? []).map { ImageHistoryEntry($0) }
    }

    /// Gives an image one more name.
    public func tag(_ image: String, as reference: ImageReference) async throws {
        try await call(
            "tag image \(image) as \(reference)", "POST", "\(path(image: image))/tag",
            query: [("repo", reference.repository), ("tag", reference.tag)])
    }

    /// Removes a name from an image and, with its last name, the image; one that does not exist is no error.
    ///
    /// - Returns: the engine's actions, `Untagged` or `Deleted`, with names and ids.
    @discardableResult
    public func removeImage(
        _ image: String, force: Bool = false, keepingParents: Bool = false
    ) async throws -> [(action: String, subject: String)] {
        let query = [("force", force ? "1" : "0"), ("noprune", keepingParents ? "1" : "0")]
        let response = try await call(
            "remove image \(image)", "DELETE", path(image: image), query: query, limit: .seconds(300),
            allowing: [404])
        if response.status == 404 { return [] }
        return (try response.json().list ?? []).flatMap { item in
            item.map.map { $0.map { (action: $0.key, subject: $0.value.string ?? "") } } ?? []
        }
    }

    /// Reads images, with all their layers and names, as one tar stream.
    public func saveImages(
        _ images: [String], onBytes: @escaping @Sendable ([UInt8]) throws -> Void
    ) async throws {
        let what = "save \(images.joined(separator: ", "))"
        let request = HTTPRequest("GET", try await url("/images/get", images.map { ("names", $0) }))
        _ = try check(what, try await send(request, onBody: onBytes))
    }

    /// Loads images from a tar stream of `saveImages`.
    public func loadImages(
        _ body: HTTPRequest.Body, onProgress: (@Sendable (ImageProgress) -> Void)? = nil
    ) async throws {
        let request = HTTPRequest(
            "POST", try await url("/images/load", [("quiet", "1")]),
            headers: [("Content-Type", "application/x-tar")], body: body)
        _ = try await progress("load images", request, onProgress)
    }

    /// Creates an image from a tar stream of a root file system, and returns its id.
    ///
    /// - Parameter changes: Dockerfile instructions, such as `CMD ["sh"]` or `LABEL a=b`.
    public func importImage(
        _ body: HTTPRequest.Body, as reference: ImageReference? = nil, changes: [String] = [],
        message: String? = nil
    ) async throws -> String {
        var query = [("fromSrc", "-")]
        if let reference { query += [("repo", reference.repository), ("tag", reference.tag)] }
        if let message { query.append(("message", message)) }
        query += changes.map { ("changes", $0) }
        let what = "import image \(reference?.description ?? "")"
        let request = HTTPRequest(
            "POST", try await url("/images/create", query), headers: [("Content-Type", "application/x-tar")],
            body: body)
        let last = try await progress(what, request, nil)
        guard let id = last?.status, id.hasPrefix("sha256:") else {
            throw EngineError(call: what, status: 200, message: "the engine named no image")
        }
        return id
    }

    /// The API path of an image, whose name keeps its slashes.
    func path(image: String) -> String { "/images/\(percentEncoded(image, keeping: "/:@"))" }
}
