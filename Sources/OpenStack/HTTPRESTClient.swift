import HTTP
import Model

/// A REST client over HTTP, as OpenStack's services speak it.
public struct HTTPRESTClient: RESTClient {
    private let client: HTTPClient
    private let timeLimit: Duration

    public init(client: HTTPClient = HTTPClient(), timeLimit: Duration = .seconds(60)) {
        self.client = client
        self.timeLimit = timeLimit
    }

    public func request(_ method: String, _ url: String, token: String?, body: Value?) async throws -> RESTAnswer {
        var headers: [(name: String, value: String)] = [("Accept", "application/json")]
        if let token { headers.append(("X-Auth-Token", token)) }
        let request: HTTPRequest
        if let body {
            request = HTTPRequest(method, url, headers: headers, json: body, timeLimit: timeLimit)
        } else {
            request = HTTPRequest(method, url, headers: headers, timeLimit: timeLimit)
        }
        let response = try await client.send(request)
        var answer = RESTAnswer(status: response.status)
        for (name, value) in response.head.headers { answer.headers[name.lowercased()] = value }
        // An answer that is no JSON, as a proxy's error page, still has its status.
        answer.body = (try? response.json()) ?? .null
        return answer
    }
}
