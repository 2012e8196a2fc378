import HTTP
import Model
import Resolving

/// An endpoint of a cloud, and how it answers where users ask it: at the front, where there is one.
struct EndpointAnswer: Sendable, Hashable {
    let address: EndpointAddress
    let isWell: Bool
    /// As `401`, or why there is no answer; `-` for one that speaks no HTTP.
    let words: String

    /// Asks all at the same time.
    static func ask(_ endpoints: [EndpointAddress]) async -> [EndpointAnswer] {
        await withTaskGroup(of: (Int, EndpointAnswer).self) { group in
            for (index, endpoint) in endpoints.enumerated() {
                group.addTask { (index, await ask(endpoint)) }
            }
            var answers: [(Int, EndpointAnswer)] = []
            for await answer in group { answers.append(answer) }
            return answers.sorted { $0.0 < $1.0 }.map(\.1)
        }
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

    /// Whether a status says that nobody behind the front answers, which no service says of itself.
    private static func isFrontsOwn(_ status: Int) -> Bool { [502, 503, 504].contains(status) }
}
