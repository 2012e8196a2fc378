import DockerEngine
import Model
import System

/// The lines that members wrote about requests. Each service gives a request an identifier of its own, and writes the
/// caller's identifier next to it.
package struct RequestLog {
    private let session: Session

    package init(_ session: Session) { self.session = session }

    /// A line of a member's log.
    package struct Line: Sendable {
        /// The engine's own time of the line, as services may write times in any form.
        package let time: Substring
        package let member: String
        package let text: Substring
    }

    /// The lines of the selection that have one of the identifiers, in the order of time.
    package func lines(of requests: [String], in containers: [ObservedContainer], _ selection: LogSelection)
        async throws
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
}

/// Splits a line into the engine's own time, with which it begins where that was asked for, and the member's text.
package func splitTime(_ line: Substring) -> (time: Substring?, text: Substring) {
    guard let space = line.firstIndex(of: " ") else { return (line.isEmpty ? nil : line, "") }
    return (line[..<space], line[line.index(after: space)...])
}
