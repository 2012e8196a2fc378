import Conformance
import Model
import OpenStack
import System

/// A cloud whose services give fixed answers, and which records the requests.
final class RecordingCloud: RESTClient {
    /// The answers by request: `METHOD port/path?query`.
    private let answers: Locked<[String: Value]>
    private let noted = Locked<[String]>([])

    init(_ answers: [String: Value]) { self.answers = Locked(answers) }

    /// The requests that change something, in order.
    var changes: [String] { noted.value.filter { !$0.hasPrefix("GET") } }

    func set(_ request: String, _ answer: Value?) { answers.withLock { $0[request] = answer } }

    func send(_ request: RESTRequest) async throws -> RESTAnswer {
        let url = request.url.dropFirst("http://cloud:".count)
        if url == "5000/v3/auth/tokens" {
            let urls = [
                "identity": "http://cloud:5000/v3", "image": "http://cloud:9292", "compute": "http://cloud:8774/v2.1",
                "network": "http://cloud:9696", "placement": "http://cloud:8778",
            ]
            let catalog = urls.map { type, url -> Value in
                [
                    "type": .string(type),
                    "endpoints": [["interface": "public", "region_id": "RegionOne", "url": .string(url)]],
                ]
            }
            return RESTAnswer(
                status: 201, headers: ["x-subject-token": "token"], body: ["token": ["catalog": .list(catalog)]])
        }
        let words = "\(request.method) \(url)"
        noted.withLock { $0.append(words) }
        if let answer = answers.value[words] { return RESTAnswer(status: 200, body: answer) }
        return RESTAnswer(status: request.method == "GET" ? 404 : 204)
    }

    func tested() async throws -> TestedCloud {
        let keystone = try await Keystone(
            url: "http://cloud:5000/v3", user: "admin", password: "p", project: "admin", client: self)
        return try TestedCloud(keystone, region: "RegionOne")
    }
}
