import HTTP
import Layouts
import Model
import System

/// An endpoint of a cloud with its answer, asked where users ask it: at the front, where there is one.
public struct EndpointAnswer: Sendable, Hashable {
    /// The endpoint's URLs, of which the internal one was asked.
    public let address: EndpointAddress
    /// Whether a service answered, with whatever status; always true for an endpoint that speaks no HTTP.
    public let isWell: Bool
    /// The status, as `401`, or the reason why there is no answer; `-` for an endpoint that speaks no HTTP.
    public let words: String

    /// Asks all endpoints at the same time.
    package static func ask(_ endpoints: [EndpointAddress]) async -> [EndpointAnswer] {
        await concurrently(endpoints) { await ask($0) }
    }

    private static func ask(_ endpoint: EndpointAddress) async -> EndpointAnswer {
        guard endpoint.internalBase.hasPrefix("http://") else {
            return EndpointAnswer(address: endpoint, isWell: true, words: "-")
        }
        let limit = Duration.seconds(10)
        do {
            let request = HTTPRequest("GET", "\(endpoint.internalBase)/", timeLimit: limit, connectLimit: limit)
            let status = try await HTTPClient().send(request).status
            return EndpointAnswer(address: endpoint, isWell: !isFrontsOwn(status), words: "\(status)")
        } catch {
            return EndpointAnswer(address: endpoint, isWell: false, words: "\(error)")
        }
    }

    /// Whether a status is the front's own, which it sends where nobody behind it answers, and which no service sends.
    private static func isFrontsOwn(_ status: Int) -> Bool { [502, 503, 504].contains(status) }
}
