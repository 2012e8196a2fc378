import Applying
import DockerEngine
import Model
import System

/// The use of resources by one member.
package struct MemberUsage: Sendable, Hashable {
    package var member: String
    /// The use of processors, in hundredths of one.
    package var processor: Double
    /// The memory in use, in bytes.
    package var memory: Int
    package var memoryLimit: Int
    package var processes: Int
    /// The requests per second at the front; nil where the member is behind none.
    package var requests: Double?
    /// An API's report of the member.
    package var report: String?
}

/// A meter of the resources that an environment's members use, for repeated measurements.
package struct UsageMeter {
    private struct Sample {
        var statistics: [String: ContainerStatistics] = [:]
        /// The requests so far, by the servers' names at the front.
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

    package init(_ survey: Survey) {
        self.survey = survey
        members = survey.desired.members
    }

    package mutating func measure() async throws {
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
        let answers = await concurrently(containers) { container in
            (container.id, try? await session.engine(of: container).statistics(of: container.id))
        }
        // A container that has gone meanwhile is left out.
        return answers.reduce(into: [:]) { all, answer in all[answer.0] = answer.1 }
    }

    private func requests() async -> [String: Int] {
        var all: [String: Int] = [:]
        for front in members where front.isFront {
            guard let container = containers[front.name] else { continue }
            for server in await survey.session.frontState(of: container) ?? [] {
                guard let name = server["server"]?.string else { continue }
                all[name, default: 0] += server["requests"]?.int ?? 0
            }
        }
        return all
    }

    /// The use between the last two measurements, the busiest member first.
    package var rows: [MemberUsage] {
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
            if member.sidecarOf == nil {
                row.report = reports?.told(of: member.service, on: member.specification.hostname)?.words
            }
            rows.append(row)
        }
        return rows.sorted { ($0.processor, $1.member) > ($1.processor, $0.member) }
    }
}
