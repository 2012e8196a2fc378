import Glibc
import Model
import System
import Testing

/// A stream of requests at a fixed rate, sent by `load.py`, whatever becomes of earlier ones. No request is sent twice.
struct Load: Sendable {
    /// A request that must be answered with a status of 2xx.
    struct Request: Sendable {
        var method = "GET"
        let url: String
        var headers: [String: String] = [:]
        var body: String?
    }

    /// The use of connections: kept for one request after another, or a new one for each request.
    enum Connections: Sendable { case kept, new }

    /// A request that was not answered with a status of 2xx.
    struct Loss: Sendable, CustomStringConvertible {
        /// The time at which it was sent, in seconds since the first request.
        let moment: Double
        let reason: String
        var description: String { "after \(moment.rounded(to: 1)) s: \(reason)" }
    }

    /// The result of a stream of requests.
    struct Result: Sendable, CustomStringConvertible {
        let name: String
        /// The time of the first request, in seconds since 1970.
        let start: Double
        let seconds: Double
        let sent: Int
        let answered: Int
        /// The number of connections that were opened.
        let opened: Int
        /// The longest wait for an answer, in seconds.
        let slowest: Double
        /// The lowest rate within five seconds in a row, in requests per second.
        let quietest: Double
        let lost: [Loss]

        /// The rate of the whole stream, in requests per second.
        var rate: Double { Double(sent) / seconds }

        var description: String {
            let rates = "\(rate.rounded(to: 2)) a second, never less than \(quietest.rounded(to: 2))"
            let counts = "\(sent) sent in \(seconds.rounded(to: 2)) s, \(answered) answered, \(lost.count) lost"
            let first = lost.prefix(5).map { "\n  \($0)" }.joined()
            return "\(name): \(counts), \(rates); \(opened) connections, slowest \(slowest.rounded(to: 2)) s\(first)"
        }
    }

    let name: String
    private let perSecond: Double
    private let connections: Connections
    private let folder: String
    private var begun: String { "\(folder)/\(name).begun" }

    /// Writes the settings of a stream. For https, the certificate authority's certificate is in `clouds.yaml.ca.pem`
    /// of the scenario's folder.
    init(
        _ name: String, _ request: Request, perSecond: Double, connections: Connections, in scenario: Scenario
    ) throws {
        self.name = name
        self.perSecond = perSecond
        self.connections = connections
        folder = scenario.folder
        let settings: Value = [
            "url": .string(request.url), "method": .string(request.method),
            "headers": .map(ValueMap(request.headers.map { ($0.key, .string($0.value)) })),
            "body": request.body.map(Value.string) ?? .null, "per_second": .double(perSecond),
            "keeps": .bool(connections == .kept), "authority": .string("\(folder)/clouds.yaml.ca.pem"),
            "begun": .string("\(folder)/\(name).begun"),
        ]
        try Files.write(JSON.text(settings), to: "\(folder)/\(name).json", mode: 0o600)
    }

    /// Sends the requests until `stop` is called.
    func run() async throws -> Result {
        let script = "\(Places.repository)/Tests/Scenarios/Load/load.py"
        let text = try await Subprocess(
            "/usr/bin/python3", [script, "\(name).json"], directory: folder, timeLimit: .seconds(3000)
        ).run().checked().outputText
        let told = try JSON.parse(text)
        func number(_ key: String, of told: Value) throws -> Double {
            if let whole = told[key]?.int { return Double(whole) }
            guard case .double(let number)? = told[key] else { throw Problems("there is no \(key) in \(text)") }
            return number
        }
        return Result(
            name: name, start: try number("start", of: told), seconds: try number("seconds", of: told),
            sent: try #require(told["sent"]?.int),
            answered: try #require(told["answered"]?.int), opened: try #require(told["opened"]?.int),
            slowest: try number("slowest", of: told), quietest: try number("quietest", of: told),
            lost: try #require(told["lost"]?.list).map { loss in
                Loss(moment: try number("at", of: loss), reason: loss["why"]?.string ?? "")
            })
    }

    /// Whether the stream has begun.
    var hasBegun: Bool { Files.exists(begun) }

    /// Ends the stream; requests that were sent are waited for.
    func stop() {
        let text = try? Files.readText(begun)
        if let process = text.flatMap({ pid_t($0) }) { kill(process, SIGINT) }
    }

    /// Requires that requests were sent at the full rate all the time, over connections of the chosen kind.
    func requireRate(_ result: Result) throws {
        try #require(result.rate >= perSecond * 0.98, "\(result)")
        // On an overloaded machine requests wait for the answers of others, and catch up afterwards.
        try #require(result.quietest > 0, "\(result)")
        switch connections {
        case .new: try #require(result.opened == result.sent, "\(result)")
        case .kept:
            // A request after a lost one needs a new connection, and so do those that are sent while another waits.
            let needed = result.lost.count + Int((result.slowest * perSecond).rounded(.up))
            try #require(result.opened <= result.sent / 5 + needed, "\(result)")
        }
    }
}
