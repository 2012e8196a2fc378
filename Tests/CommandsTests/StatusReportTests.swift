import Model
import Testing

@testable import Clouds
@testable import Commands

@Suite struct StatusReportTests {
    private func member(_ name: String, isWell: Bool = true) -> MemberStatus {
        let member = DesiredMember(
            identity: MemberIdentity(region: "one", host: "local", environment: "lab", member: name),
            service: String(name.dropLast()), recipe: String(name.dropLast()), specification: ContainerSpecification())
        return MemberStatus(member: member, state: "running", isWell: isWell, answer: isWell ? "200" : "503")
    }

    private func report(_ members: [MemberStatus], listsAll: Bool = false, isUp: Bool = true) -> StatusReport {
        StatusReport(
            status: CloudStatus(
                environment: "lab", isUp: isUp, members: members, endpoints: [], missing: [], unanswered: []),
            listsAll: listsAll)
    }

    @Test func countsWhatIsWell() {
        #expect(
            report([member("keystone1"), member("keystone2"), member("mariadb1")]).text(.plain)
                == "lab: 3 members of 2 services, all well")
    }

    @Test func listsWhatIsNot() {
        #expect(
            report([member("keystone1"), member("keystone2", isWell: false)]).text(.plain) == """
                MEMBER     SERVICE   STATE    VERSION  SINCE  ANSWER
                keystone2  keystone  running  -        -      503

                lab: 1 of 2 members well, of 1 service
                """)
    }

    @Test func listsAllWhereThatIsAskedFor() {
        #expect(report([member("keystone1")], listsAll: true).text(.plain).contains("keystone1  keystone  running"))
    }

    /// The states of a member with two sidecars, as they are asked one by one.
    private func withSidecars(_ answer: String) -> [MemberStatus] {
        func status(_ name: String, of owner: String?, isWell: Bool, _ answer: String) -> MemberStatus {
            var member = DesiredMember(
                identity: MemberIdentity(region: "one", host: "local", environment: "lab", member: name),
                service: "store", recipe: "store", specification: ContainerSpecification())
            member.sidecarOf = owner
            return MemberStatus(member: member, state: isWell ? "running" : "exited", isWell: isWell, answer: answer)
        }
        return MemberStatus.joiningSidecars([
            status("store1", of: nil, isWell: true, "200"),
            status("store1.auditor", of: "store1", isWell: answer.isEmpty, answer),
            status("store1.reaper", of: "store1", isWell: true, "Up 2 hours"),
            status("store2", of: nil, isWell: true, "200"),
        ])
    }

    @Test func aMembersLineTellsOfItsSidecars() {
        #expect(
            report(withSidecars(""), listsAll: true).text(.plain) == """
                MEMBER  SERVICE  STATE    VERSION  SINCE  ANSWER
                store1  store    running  -        -      200; beside it auditor, reaper
                store2  store    running  -        -      200

                lab: 2 members of 1 service, all well
                """)
        #expect(
            report(withSidecars("Exited (137)")).text(.plain) == """
                MEMBER  SERVICE  STATE    VERSION  SINCE  ANSWER
                store1  store    running  -        -      200; store1.auditor is exited: Exited (137); beside it reaper

                lab: 1 of 2 members well, of 1 service
                """)
    }

    @Test func programsGetTheSidecarsOfAMember() {
        let members = report(withSidecars("Exited (137)")).value["members"]?.list ?? []
        #expect(members.map { $0["healthy"]?.bool } == [false, true])
        #expect(
            members.map { $0["sidecars"] } == [
                [
                    ["name": "store1.auditor", "state": "exited", "healthy": false, "answer": "Exited (137)"],
                    ["name": "store1.reaper", "state": "running", "healthy": true, "answer": "Up 2 hours"],
                ], [],
            ])
    }

    @Test func whatIsDownListsNothing() {
        #expect(
            report([member("keystone1", isWell: false)], isUp: false).text(.plain)
                == "lab is down: `minke up` brings it up")
    }
}
