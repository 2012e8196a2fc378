import Clouds
import Conformance
import DockerEngine
import Model

/// The log lines that the cloud's members wrote about the requests of failed tests.
struct FailureLogs {
    let session: Session

    /// The number of last lines that are kept of each test.
    private static let limit = 50

    /// The last lines about each test, by its name.
    ///
    /// - Parameter since: the time at which the tests began, in milliseconds since 1970.
    func lines(of failed: [TestResult], since: Int) async throws -> [String: [TestReport.LogLine]] {
        var found: [String: [TestReport.LogLine]] = [:]
        let requests = Dictionary(failed.map { ($0.test.text, $0.requests()) }, uniquingKeysWith: { $1 })
        let all = Set(requests.values.flatMap { $0 })
        guard !all.isEmpty else { return found }
        let containers = try await session.observe().containers.filter { $0.role == .member }
        let selection = LogSelection(since: "\(since / 1000)")
        let lines = try await RequestLog(session).lines(of: Array(all), in: containers, selection)
        for (test, requests) in requests {
            found[test] = lines.filter { line in requests.contains { line.text.contains($0) } }.suffix(Self.limit)
                .map { TestReport.LogLine(member: $0.member, text: String($0.text)) }
        }
        return found
    }
}
