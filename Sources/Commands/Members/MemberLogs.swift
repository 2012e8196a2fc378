import Clouds
import CommandLine
import DockerEngine
import Model
import System

extension CommandDefinition {
    static let logs = CommandDefinition(
        "logs",
        summary: "Show members' logs",
        examples: [
            ("minke logs keystone1", "its whole log"),
            ("minke logs swift-account1.replicator", "that of a sidecar alone"),
            ("minke logs --request req-8f0c", "all services' lines about one request, in the order of time"),
            ("minke logs -f --tail 20 keystone glance-api", "the last lines of several, and all that follow"),
            ("minke logs --json --since 10m", "an object a line with member, time and text, for other programs"),
        ],
        options: [
            .flag("follow", short: "f", summary: "go on with new lines"),
            .value("tail", "N", .integer(0...1_000_000), summary: "only the last lines of each"),
            .value(
                "since", "TIME", .moment,
                summary: "only newer lines: RFC 3339, seconds since 1970, or how long ago, as 10m or 2h"),
            .value(
                "request", "ID",
                summary: "only lines that have the identifier of a request, from all members in the order of time"),
            .flag("timestamps", short: "t", summary: "begin each line with its time"),
        ],
        arguments: [
            .repeated(
                "member", .name(.members), summary: "a member with its sidecars, or a service; without one, all")
        ]
    ) { arguments in
        let session = try await Session(arguments, restoredInPart: true)
        let chosen = try await session.memberSelection().containers(named: arguments.list("member"))
        if chosen.isEmpty { printError("\(session.environment.name) is not up: nothing runs that could write") }
        var selection = LogSelection(
            tail: arguments.string("tail").flatMap(Int.init), since: arguments.string("since").flatMap(engineTime))
        selection.timestamps = arguments.flag("timestamps") || arguments.wantsJSON
        let width = chosen.map(\.member.count).max() ?? 0
        if let request = arguments.string("request") {
            if arguments.flag("follow") {
                throw Problems("--request finds lines that were written already, and cannot --follow")
            }
            let printer = LogPrinter(width: width, isJSON: arguments.wantsJSON)
            let lines = try await RequestLog(session).lines(of: [request], in: chosen, selection)
            if lines.isEmpty {
                throw Problems(
                    "no log that was searched has the request \(request)",
                    remedy: "a response's header X-Openstack-Request-Id has the identifier; older logs may be gone")
            }
            for line in lines {
                printer.show(line.text, of: line.member, at: selection.timestamps ? line.time : nil)
            }
            return .done
        }
        let printer = LogPrinter(width: chosen.count > 1 ? width : 0, isJSON: arguments.wantsJSON)
        if arguments.flag("follow") {
            try await follow(chosen, selection, session: session, printer)
            // A stream that is cancelled ends as if it were complete.
            try Task.checkCancellation()
            return .done
        }
        for container in chosen {
            var lines = LogLines(of: container.member, printer)
            let chunks = try await session.engine(of: container).logs(of: container.id, selection)
            for chunk in chunks { lines.add(chunk.bytes) }
            lines.finish()
        }
        return .done
    }
}

/// The moment in seconds since 1970, the only form that engines read.
private func engineTime(_ text: String) -> String? {
    guard let moment = Moment(text: text) else { return nil }
    let milliseconds = moment.milliseconds(now: millisecondsSince1970())
    return "\(milliseconds / 1000).\(String(1000 + milliseconds % 1000).dropFirst())"
}

private func follow(
    _ containers: [ObservedContainer], _ selection: LogSelection, session: Session, _ printer: LogPrinter
) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
        for container in containers {
            group.addTask {
                var lines = LogLines(of: container.member, printer)
                let engine = try session.engine(of: container)
                for try await chunk in try await engine.followLogs(of: container.id, selection) {
                    lines.add(chunk.bytes)
                }
                lines.finish()
            }
        }
        try await group.waitForAll()
    }
}
