import Model

@testable import Applying

/// The texts and secrets that a test has set.
struct FakeContents: Contents {
    var files: [String: [RenderedFile]] = [:]
    /// The files of jobs, by `SERVICE/JOB`.
    var jobFiles: [String: [RenderedFile]] = [:]
    var secrets: [String: [String: String]] = [:]

    func files(ofMember name: String) throws -> [RenderedFile] { files[name] ?? [] }
    func files(ofJob job: String, service: String) throws -> [RenderedFile] { jobFiles["\(service)/\(job)"] ?? [] }
    func grantInput(service: String, requirement: String) throws -> String { "input of \(service)/\(requirement)" }
    func secrets(ofService name: String) -> [String: String] { secrets[name] ?? [:] }
}
