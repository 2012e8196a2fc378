import Clouds
import CommandLine
import Model
import System

extension CommandDefinition {
    static let top = CommandDefinition(
        "top",
        summary: "Show live the resources that members use, their requests, and the cloud's reports on them",
        discussion: """
            On a terminal it is redrawn until Ctrl-C; otherwise, with --once or with --json, it measures for one \
            interval and prints that.
            """,
        examples: [
            ("minke top", "see which members are busy"),
            ("minke top --once --interval 10s", "an average of ten seconds"),
        ],
        options: [
            .value("interval", "DURATION", .duration, default: "2s", summary: "how long it measures for each picture"),
            .flag("once", summary: "one picture, and the end"),
        ]
    ) { arguments in
        let interval = arguments.duration("interval") ?? .seconds(2)
        let survey = try await Session(arguments).survey()
        let isLive = !arguments.flag("once") && !arguments.wantsJSON && Terminal.isTerminal(.output)
        var meter = UsageMeter(survey)
        try await meter.measure()
        repeat {
            try await Task.sleep(for: interval)
            try await meter.measure()
            let report = UsageReport(rows: meter.rows)
            if isLive {
                // Erases the whole screen, from its upper left corner on (ECMA-48: ED, CUP).
                printOut("\u{1b}[2J\u{1b}[H" + report.text(Style(for: .output), rows: Terminal.size()?.rows))
            } else {
                arguments.show(report)
            }
        } while isLive
        return .done
    }
}

/// A report of the resources that members use.
struct UsageReport: Report {
    let rows: [MemberUsage]

    var value: Value {
        .list(
            rows.map { row in
                [
                    "member": .string(row.member), "processor": .double(row.processor), "memory": .int(row.memory),
                    "memory-limit": .int(row.memoryLimit), "processes": .int(row.processes),
                    "requests": row.requests.map(Value.double) ?? .null,
                    "report": row.report.map(Value.string) ?? .null,
                ]
            })
    }

    func text(_ style: Style) -> String { text(style, rows: nil) }

    /// - Parameter rows: the lines that there is room for; nil where all rows are shown.
    func text(_ style: Style, rows room: Int?) -> String {
        if rows.isEmpty { return "nothing runs" }
        var table = Table(["MEMBER", "CPU %", "MEMORY MiB", "OF", "PROCESSES", "REQUESTS/S", "THE CLOUD SAYS"])
        func mebibytes(_ bytes: Int) -> String { "\(bytes >> 20)" }
        let shown = room.map { max(1, $0 - 3) } ?? rows.count
        for row in rows.prefix(shown) {
            table.add([
                row.member, tenths(row.processor), mebibytes(row.memory),
                row.memoryLimit > 0 && row.memoryLimit < 1 << 50 ? mebibytes(row.memoryLimit) : "-",
                "\(row.processes)", row.requests.map(tenths) ?? "-", row.report ?? "-",
            ])
        }
        let memory = rows.reduce(0) { $0 + $1.memory }
        let processor = rows.reduce(0) { $0 + $1.processor }
        return table.text(style)
            + "\n\(counted(rows.count, "member")): \(tenths(processor)) % of a processor, \(mebibytes(memory)) MiB"
    }
}

/// A number that is not negative with one decimal, as `12.3`.
private func tenths(_ number: Double) -> String {
    let scaled = Int((number * 10).rounded())
    return "\(scaled / 10).\(scaled % 10)"
}
