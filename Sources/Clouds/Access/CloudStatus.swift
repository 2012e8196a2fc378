import Applying
import Layouts
import Model
import Rendering
import System

/// The state of a cloud: its members' own answers, with the reports of its front and its APIs.
public struct CloudStatus: Sendable {
    /// The environment's name.
    public let environment: String
    /// Whether any member runs.
    public let isUp: Bool
    /// The members, each with its sidecars, sorted by name.
    public let members: [MemberStatus]
    /// The cloud's endpoints with their answers; empty while it is down.
    public let endpoints: [EndpointAnswer]
    /// The parts that cannot be provided, and interfaces that are not on their networks, each with its reason.
    public let missing: [String]
    /// The questions to APIs that were not answered, with the reasons.
    public let unanswered: [String]

    /// Whether the cloud is up, and all is as it should be.
    public var isWell: Bool {
        isUp && members.allSatisfy(\.isWell) && endpoints.allSatisfy(\.isWell) && missing.isEmpty
            && unanswered.isEmpty
    }
}

extension Survey {
    /// Asks every member, the front, every endpoint and every API that reports on members.
    package func status() async -> CloudStatus {
        let isUp = observed.containers.contains(where: \.isRunningMember)
        async let servers = frontServers()
        async let reached = isUp ? EndpointAnswer.ask(resolver.layout.endpoints()) : []
        async let told = isUp ? ServiceReports(self) : ServiceReports(entries: [])
        var members = await askMembers(self)
        let reports = await told
        let front = await servers
        for index in members.indices where members[index].sidecarOf == nil {
            reports.complete(&members[index])
            members[index].complete(self, front)
        }
        members = MemberStatus.joiningSidecars(members)
        // The next `up` must work its plan out again.
        if front.contains(where: \.isWithheld) { try? await session.state.forgetNothingToDo() }
        return CloudStatus(
            environment: desired.environment, isUp: isUp, members: members, endpoints: await reached,
            missing: desired.missing + detached.filter(\.isThere).map(\.words), unanswered: reports.failures)
    }
}

/// Asks every member, all at the same time.
private func askMembers(_ survey: Survey) async -> [MemberStatus] {
    let prober = DirectProber()
    let containers = Dictionary(grouping: survey.observed.containers, by: \.member)
    let all = await concurrently(survey.desired.members) { member -> MemberStatus in
        let own = containers[member.name] ?? []
        return await ask(member, in: own.first { $0.state == .running } ?? own.first, survey, prober)
    }
    return all.sorted { $0.name < $1.name }
}

private func ask(
    _ member: DesiredMember, in container: ObservedContainer?, _ survey: Survey, _ prober: DirectProber
) async -> MemberStatus {
    guard let container else {
        return MemberStatus(member: member, state: "missing", isWell: false, answer: "it has no container")
    }
    guard container.state == .running else {
        return MemberStatus(member: member, state: container.state.rawValue, isWell: false, answer: container.status)
    }
    guard let probe = member.probe else {
        return MemberStatus(member: member, state: "running", isWell: true, answer: container.status)
    }
    guard let host = try? survey.session.host(of: container) else {
        return MemberStatus(member: member, state: "lost", isWell: false, answer: "its host is unknown")
    }
    let answer = await prober.tryOnce(
        probe, address: member.specification.address(in: container.slot), container: container.id, on: host)
    return MemberStatus(member: member, state: "running", isWell: answer.isHealthy, answer: answer.words)
}

/// The state of a member, with its own answer and an API's report.
public struct MemberStatus: Sendable {
    /// The member's name; of a sidecar, `MEMBER.SIDECAR`.
    public let name: String
    /// The service that the member is of.
    public let service: String
    /// The member whose sidecar it is.
    let sidecarOf: String?
    /// The engine's state of its container; `missing` where it has none, `lost` where its host is not known.
    public let state: String
    /// Whether the member answers as it should, and its sidecars, the front and the APIs do not complain of it.
    public var isWell: Bool
    /// The answer to its probe, with complaints of the front and of sidecars; without a probe, the engine's status.
    public var answer: String
    /// The host name of its container.
    public let hostname: String
    /// An API's report of the member.
    public var report: String?
    /// The time of the reported state, in the API's form; nil where no API tells it.
    public var since: String?
    /// The version of its service, by the service's API; nil where the API is not asked or does not tell.
    public var version: String?
    /// The states of its sidecars.
    public internal(set) var sidecars: [MemberStatus] = []

    package init(member: DesiredMember, state: String, isWell: Bool, answer: String) {
        name = member.name
        service = member.service
        sidecarOf = member.sidecarOf
        hostname = member.specification.hostname
        self.state = state
        self.isWell = isWell
        self.answer = answer
    }
}

extension MemberStatus {
    /// Adds the front's complaints about a member.
    fileprivate mutating func complete(_ survey: Survey, _ front: [FrontServer]) {
        guard state == "running", let member = survey.desired.members.first(where: { $0.name == name }),
            let container = survey.observed.containers.first(where: { $0.member == name && $0.isRunningMember })
        else { return }
        for complaint in member.servers(in: container.slot, of: front).compactMap(\.complaint) {
            isWell = false
            answer += "; \(complaint)"
        }
    }
}
