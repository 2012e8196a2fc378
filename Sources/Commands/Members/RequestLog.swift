import DockerEngine
import Model
import System

/// What several members wrote of one request. Each service has an identifier of its own for what it is asked, and writes
/// that of the one who asked it beside it.
struct RequestLog {
    let request: String
    let session: Session

    private struct Line {
        let time: Substring
        let member: String
        let text: Substring
    }

    /// Prints the lines in the order of time. Throws `Problems` where there is none.
    func show(_ containers: [ObservedContainer], _ selection: LogSelection, _ printer: LogPrinter) async throws {
        var timed = selection
        timed.timestamps = true
        var lines: [Line] = []
        for container in containers {
            // The engine's own time begins each line; what the service writes of it may be in any form.
            let written = try await session.engine(of: container).logs(of: container.id, timed)
            let text = String(decoding: written.flatMap(\.bytes), as: UTF8.self)
            for line in textLines(text) where line.contains(request) {
                let (time, text) = splitTime(line)
                guard let time else { continue }
                lines.append(Line(time: time, member: container.member, text: text))
            }
        }
        if lines.isEmpty {
            throw Problems(
                "nothing that was looked at wrote of \(request)",
                remedy: "a response's header X-Openstack-Request-Id has the identifier; older logs may be gone")
        }
        for line in lines.sorted(by: { ($0.time, $0.member) < ($1.time, $1.member) }) {
            printer.show(line.text, of: line.member, at: selection.timestamps ? line.time : nil)
        }
    }
}
