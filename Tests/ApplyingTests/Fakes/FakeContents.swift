import Model

@testable import Applying

/// The texts and secrets that a test has set.
struct FakeContents: Contents {
    var files: [String: [RenderedFile]] = [:]
    /// The files of jobs, by `SERVICE/JOB` or `MEMBER/JOB`.
    var jobFiles: [String: [RenderedFile]] = [:]
    var secrets: [String: [String: String]] = [:]

    func files(ofMember name: String) throws -> [RenderedFile] { files[name] ?? [] }
    func files(of job: DesiredJob) throws -> [RenderedFile] { jobFiles[job.label] ?? [] }
    func input(of grant: DesiredGrant) throws -> String { "input of \(grant.label)" }
    func secrets(of member: DesiredMember) -> [String: String] { secrets[member.service] ?? [:] }
}
