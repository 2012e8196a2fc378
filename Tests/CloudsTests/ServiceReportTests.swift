import Model
import Testing

@testable import Clouds

@Suite struct ServiceReportTests {
    private let reports = ServiceReports(
        entries: [
            .init(service: "agent", host: "node1", isUp: true, since: "2026-01-01", teller: "api"),
            .init(service: "agent", host: "node2", isUp: false, since: nil, teller: "api"),
            .init(service: "agent", host: "node4", isUp: false, since: "2025-01-01", teller: "api"),
            .init(service: "agent", host: "node4", isUp: true, since: "2026-01-01", teller: "api"),
        ], versions: ["api": "v2.1"])

    private func status(_ name: String, service: String, hostname: String) -> MemberStatus {
        var specification = ContainerSpecification()
        specification.hostname = hostname
        let member = DesiredMember(
            identity: MemberIdentity(region: "one", host: "local", environment: "test", member: name),
            service: service, recipe: service, specification: specification)
        var status = MemberStatus(member: member, state: "running", isWell: true, answer: "200")
        reports.complete(&status)
        return status
    }

    @Test func tellsWhatAnAPISaysOfEachHost() {
        let up = status("agent-node1", service: "agent", hostname: "node1")
        #expect(up.report == "api says it is up" && up.since == "2026-01-01" && up.isWell)
        let down = status("agent-node2", service: "agent", hostname: "node2")
        #expect(down.report == "api says it is down" && !down.isWell)
        let unknown = status("agent-node3", service: "agent", hostname: "node3")
        #expect(unknown.report == "api does not know it" && !unknown.isWell)
        let renewed = status("agent-node4", service: "agent", hostname: "node4")
        #expect(renewed.report == "api says it is up" && renewed.since == "2026-01-01" && renewed.isWell)
        let api = status("api1", service: "api", hostname: "api1")
        #expect(api.report == nil && api.version == "v2.1" && api.isWell)
    }

    @Test(
        arguments: [
            (["versions", "0", "id"], "a"), (["versions", "*", "id"], "b"), (["versions", "2", "id"], nil),
            (["versions", "id"], nil), (["other"], nil),
        ] as [([String], String?)])
    func findsAVersion(_ path: [String], _ wanted: String?) {
        let answer: Value = ["versions": [["id": "a"], ["id": "b"]]]
        #expect(ServiceReports.find(path, in: answer) == wanted)
    }
}
