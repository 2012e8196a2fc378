import Clouds
import DockerEngine
import Model
import System

/// The lines that members wrote about requests. Each service gives a request an identifier of its own, and writes the
/// caller's identifier next to it.
struct RequestLog {
    let session: Session

    /// A line of a member's log.
    struct Line: Sendable {
        /// The engine's own time of the line, as services may write times in any form.
        let time: Substring
        let member: String
        let text: Substring
    }

    /// The lines of the selection that have one of the identifiers, in the order of time.
    func lines(of requests: [String], in containers: [ObservedContainer], _ selection: LogSelection) async throws
        -> [Line]
    {
        var timed = selection
        timed.timestamps = true
        var lines: [Line] = []
        for container in containers {
            let written = try await session.engine(of: container).logs(of: container.id, timed)
            let text = String(decoding: written.flatMap(\.bytes), as: UTF8.self)
            for line in textLines(text) where requests.contains(where: line.contains) {
                let (time, text) = splitTime(line)
                guard let time else { continue }
                lines.append(Line(time: time, member: container.member, text: text))
            }
        }
        return lines.sorted { ($0.time, $0.member) < ($1.time, $1.member) }
    }

    /// Prints the lines in the order of time. Throws `Problems` where there is none.
    func show(
        _ request: String, of containers: [ObservedContainer], _ selection: LogSelection, _ printer: LogPrinter
    ) async throws {
        let lines = try await lines(of: [request], in: containers, selection)
        if lines.isEmpty {
            throw Problems(
                "nothing that was looked at wrote of \(request)",
                remedy: "a response's header X-Openstack-Request-Id has the identifier; older logs may be gone")
        }
        for line in lines {
            printer.show(line.text, of: line.member, at: selection.timestamps ? line.time : nil)
        }
    }
}
