import HTTP
import Model
import System

extension Engine {
    /// Unpacks a tar stream into a folder of a container, which need not run; the folder must exist.
    public func putArchive(
        _ body: HTTPRequest.Body, in folder: String, of container: String, limit: Duration? = nil
    ) async throws {
        let what = "put files into \(folder) of container \(container)"
        // Owners are those in the archive; `copyUIDGID` would give all files to the container's user.
        let query = [("path", folder)]
        let request = HTTPRequest(
            "PUT", try await url("\(path(container))/archive", query),
            headers: [("Content-Type", "application/x-tar")], body: body, timeLimit: limit)
        _ = try check(what, try await send(request))
    }

    /// Puts files, links and folders into a folder of a container.
    public func put(_ entries: [TarEntry], in folder: String, of container: String) async throws {
        try await putArchive(.bytes(try TarWriter.bytes(entries)), in: folder, of: container)
    }

    /// Reads a file or folder of a container as a tar stream.
    public func getArchive(
        _ file: String, of container: String, onBytes: @escaping @Sendable ([UInt8]) throws -> Void
    ) async throws {
        let request = HTTPRequest("GET", try await url("\(path(container))/archive", [("path", file)]))
        _ = try check("read \(file) of container \(container)", try await send(request, onBody: onBytes))
    }

    /// Reads the content of one file of a container.
    public func readFile(_ file: String, of container: String) async throws -> [UInt8] {
        let response = try await call(
            "read \(file) of container \(container)", "GET", "\(path(container))/archive", query: [("path", file)])
        for entry in try TarReader.entries(response.body) {
            if case .file(.bytes(let bytes)) = entry.kind { return bytes }
        }
        throw EngineError(call: "read \(file) of container \(container)", status: 200, message: "it is no file")
    }
}
