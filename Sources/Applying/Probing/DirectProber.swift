import HTTP
import Model
import System

/// A prober over the environment's network, or by a command in the container where a recipe says so.
public struct DirectProber: Prober {
    private let client = HTTPClient()

    /// Creates a prober.
    public init() {}

    /// Tries a probe once, within its `timeout`; without an address, only a command can succeed.
    public func tryOnce(
        _ probe: Probe, address: IPv4Address?, container: String, on host: any HostEngine
    ) async -> ProbeAnswer {
        switch probe.method {
        case .http(let port, let path, let status, let contains):
            guard let address else { return noAddress }
            return await askHTTP(
                "http://\(address):\(port)\(path)", status: status, contains: contains, limit: probe.timeout)
        case .tcp(let port, let send, let expect):
            guard let address else { return noAddress }
            let conversation = TCPConversation(address: address, port: port, send: send, expect: expect)
            let limit = probe.timeout
            do {
                return try await offload { conversation.hold(limit: limit) }
            } catch {
                return ProbeAnswer(isHealthy: false, words: "\(error)")
            }
        case .exec(let command):
            return await execute(command, in: container, on: host, limit: probe.timeout)
        }
    }

    private var noAddress: ProbeAnswer { ProbeAnswer(isHealthy: false, words: "it has no address") }

    private func askHTTP(_ url: String, status: [Int], contains: String?, limit: Duration) async -> ProbeAnswer {
        do {
            let request = HTTPRequest("GET", url, timeLimit: limit, connectLimit: limit)
            let response = try await client.send(request)
            guard status.contains(response.status) else {
                let wanted = status.map(String.init).joined(separator: " or ")
                return ProbeAnswer(
                    isHealthy: false, words: "GET \(url) was answered with \(response.status), \(wanted) expected")
            }
            if let contains, !response.text.contains(contains) {
                return ProbeAnswer(isHealthy: false, words: "GET \(url): the answer lacks \"\(contains)\"")
            }
            return ProbeAnswer(isHealthy: true, words: "GET \(url) was answered with \(response.status)")
        } catch {
            return ProbeAnswer(isHealthy: false, words: "GET \(url): \(error)")
        }
    }

    private func execute(
        _ command: [String], in container: String, on host: any HostEngine, limit: Duration
    ) async -> ProbeAnswer {
        let name = command.joined(separator: " ")
        do {
            let result = try await withDeadline(limit, for: name) {
                // As the engine's own health check does.
                try await host.execute(command, in: container, asRoot: false, input: nil)
            }
            if result.status == 0 { return ProbeAnswer(isHealthy: true, words: "`\(name)` succeeds") }
            let told = [result.errors, result.output].first { !$0.isEmpty } ?? ""
            return ProbeAnswer(
                isHealthy: false, words: "`\(name)` ends with \(result.status) \(told.trimmedLines(last: 1))")
        } catch {
            return ProbeAnswer(isHealthy: false, words: "`\(name)`: \(error)")
        }
    }
}
