import Applying
import Clouds
import CommandLine
import DockerEngine
import Model
import System

extension CommandDefinition {
    static let top = CommandDefinition(
        "top",
        summary: "Show live what members use, how many requests they get, and what the cloud says of them",
        discussion: """
            On a terminal it is drawn again and again until Ctrl-C; otherwise, with --once or with --json, it measures \
            for one interval and prints that.
            """,
        examples: [
            ("minke top", "who is busy"),
            ("minke top --once --interval 10s", "an average of ten seconds"),
        ],
        options: [
            .value("interval", "TIME", .duration, default: "2s", summary: "how long it measures for each picture"),
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

/// The use of resources by one member.
struct MemberUsage: Sendable, Hashable {
    var member: String
    /// The use of processors, in hundredths of one.
    var processor: Double
    /// The memory in use, in bytes.
    var memory: Int
    var memoryLimit: Int
    var processes: Int
    /// The requests per second at the front; nil where the member is behind none.
    var requests: Double?
    /// An API's report of the member.
    var report: String?
}

/// Measures members again and again.
private struct UsageMeter {
    private struct Sample {
        var statistics: [String: ContainerStatistics] = [:]
        /// Requests so far, by the front's name of a server.
        var requests: [String: Int] = [:]
        var time: ContinuousClock.Instant
    }

    private let survey: Survey
    private let members: [DesiredMember]
    private var containers: [String: ObservedContainer] = [:]
    private var before: Sample?
    private var now: Sample?
    private var reports: ServiceReports?
    private var reported: ContinuousClock.Instant?

    init(_ survey: Survey) {
        self.survey = survey
        members = survey.desired.members
    }

    mutating func measure() async throws {
        let clock = ContinuousClock()
        let running = try await survey.session.observe().containers.filter(\.isRunningMember)
        containers = Dictionary(running.map { ($0.member, $0) }, uniquingKeysWith: { first, _ in first })
        // The cloud's reports of its members change slowly, and asking for them costs it something.
        if reported.map({ clock.now - $0 > .seconds(15) }) ?? true {
            reports = await ServiceReports(survey)
            reported = clock.now
        }
        var sample = Sample(time: clock.now)
        sample.statistics = await statistics(of: Array(containers.values))
        sample.requests = await requests()
        (before, now) = (now, sample)
    }

    private func statistics(of containers: [ObservedContainer]) async -> [String: ContainerStatistics] {
        let session = survey.session
        return await withTaskGroup(of: (String, ContainerStatistics?).self) { group in
            for container in containers {
                // A container that has gone meanwhile is left out.
                group.addTask {
                    (container.id, try? await session.engine(of: container).statistics(of: container.id))
                }
            }
            var all: [String: ContainerStatistics] = [:]
            for await (container, statistics) in group { all[container] = statistics }
            return all
        }
    }

    private func requests() async -> [String: Int] {
        var all: [String: Int] = [:]
        for front in members where front.isFront {
            guard let container = containers[front.name],
                let result = try? await survey.session.host(of: container).execute(
                    ["front-state"], in: container.id, input: nil),
                let servers = try? JSON.parse(result.output).list
            else { continue }
            for server in servers {
                guard let name = server["server"]?.string else { continue }
                all[name, default: 0] += server["requests"]?.int ?? 0
            }
        }
        return all
    }

    /// The use between the last two measurements, the busiest member first.
    var rows: [MemberUsage] {
        guard let before, let now else { return [] }
        let seconds = (now.time - before.time).seconds
        var rows: [MemberUsage] = []
        for member in members {
            guard let id = containers[member.name]?.id, let used = now.statistics[id] else { continue }
            var row = MemberUsage(
                member: member.name, processor: before.statistics[id].map { used.processorPercent(since: $0) } ?? 0,
                memory: used.memory, memoryLimit: used.memoryLimit, processes: used.processes)
            if !member.backends.isEmpty {
                let servers = Slot.allCases.map { $0.serverName(member: member.name) }
                let count = { (sample: Sample) in servers.reduce(0) { $0 + (sample.requests[$1] ?? 0) } }
                // The front counts from zero again after it has read its configuration anew.
                row.requests = seconds > 0 ? Double(max(0, count(now) - count(before))) / seconds : 0
            }
            row.report = reports?.told(of: member.service, on: member.specification.hostname)?.words
            rows.append(row)
        }
        return rows.sorted { ($0.processor, $1.member) > ($1.processor, $0.member) }
    }
}

/// A report of what members use.
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
                row.member, formatTenths(row.processor), mebibytes(row.memory),
                row.memoryLimit > 0 && row.memoryLimit < 1 << 50 ? mebibytes(row.memoryLimit) : "-",
                "\(row.processes)", row.requests.map(formatTenths) ?? "-", row.report ?? "-",
            ])
        }
        let memory = rows.reduce(0) { $0 + $1.memory }
        let processor = rows.reduce(0) { $0 + $1.processor }
        return table.text(style)
            + "\n\(counted(rows.count, "member")): \(formatTenths(processor)) % of a processor, \(mebibytes(memory)) MiB"
    }
}
