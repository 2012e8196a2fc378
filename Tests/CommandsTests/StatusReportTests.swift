import Clouds
import Model
import System
import Testing

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
            environment: "lab", isUp: isUp, members: members, endpoints: [], missing: [], unanswered: [],
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

    @Test func whatIsDownListsNothing() {
        #expect(
            report([member("keystone1", isWell: false)], isUp: false).text(.plain)
                == "lab is down: `minke up` brings it up")
    }
}

@Suite struct RenderedFilesReportTests {
    private func shown(_ text: String) -> String {
        let file = RenderedFile(path: "x.conf", text: text, mode: 0o600, owner: 0, cost: .restart)
        return RenderedFilesReport(files: [file], isBare: true).text(.plain)
    }

    @Test(arguments: [
        ("password = MinkeHidesThisSecret", "password = (secret)"), ("key = MinkeHidesThisSe", "key = (secret)"),
        ("key = HidesThisSecret/x", "key = (secret)/x"),
        ("a MinkeHidesThisSecretMinkeHidesThisSecret b", "a (secret)(secret) b"),
        ("Minke hides nothing", "Minke hides nothing"), ("é MinkeHid é", "é (secret) é"), ("", ""),
    ])
    func secretsAreHiddenAlsoInPart(text: String, expected: String) {
        #expect(shown(text) == expected)
    }
}
