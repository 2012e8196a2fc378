import HTTP
import Model

/// A REST client that uses an HTTP client.
public struct HTTPRESTClient: RESTClient {
    private let client: HTTPClient
    private let timeLimit: Duration

    /// Creates a REST client.
    ///
    /// - Parameter timeLimit: the limit of requests that have none of their own.
    public init(client: HTTPClient = HTTPClient(), timeLimit: Duration = .seconds(60)) {
        self.client = client
        self.timeLimit = timeLimit
    }

    /// Sends a request, with its token as `X-Auth-Token`; where the answer is no JSON, its body is null.
    public func send(_ request: RESTRequest) async throws -> RESTAnswer {
        var headers: [(name: String, value: String)] = [("Accept", "application/json")] + request.headers
        if let token = request.token { headers.append(("X-Auth-Token", token)) }
        let limit = request.timeLimit ?? timeLimit
        let exchange: HTTPRequest
        switch request.body {
        case .none:
            exchange = HTTPRequest(request.method, request.url, headers: headers, timeLimit: limit)
        case .json(let value):
            exchange = HTTPRequest(request.method, request.url, headers: headers, json: value, timeLimit: limit)
        case .content(let body):
            headers.append(("Content-Type", "application/octet-stream"))
            exchange = HTTPRequest(request.method, request.url, headers: headers, body: body, timeLimit: limit)
        }
        let response = try await client.send(exchange)
        var answer = RESTAnswer(status: response.status)
        for (name, value) in response.head.headers { answer.headers[name.lowercased()] = value }
        // An answer that is not JSON, such as a proxy's error page, still has its status.
        answer.body = (try? response.json()) ?? .null
        return answer
    }
}
