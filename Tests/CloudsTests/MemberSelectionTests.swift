import Model
import TestTools
import Testing

@testable import Clouds

@Suite struct MemberSelectionTests {
    @Test func tellsWhichMemberIsMeant() throws {
        let selection = MemberSelection(containers: [], declared: ["keystone", "keystone1", "mariadb", "mariadb1"])
        #expect(try selection.containers(named: []).isEmpty)
        for (name, told) in [
            ("keystone1", "keystone1 has no container; bring the environment up first"),
            ("keystne", "unknown member or service keystne; did you mean keystone?"),
            ("foo", "unknown member or service foo; there are keystone, keystone1, mariadb, mariadb1"),
        ] {
            let problems = thrown(Problems.self) { try selection.containers(named: [name]) }
            #expect(problems?.description == told)
        }
    }

    @Test func aMemberIsMeantWithItsSidecars() throws {
        func container(
            _ member: String, of owner: String? = nil, _ state: ObservedContainer.State = .running
        ) -> ObservedContainer {
            var container = ObservedContainer(id: "id-\(member)", name: "lab-\(member)", host: "local")
            container.service = "store"
            container.member = member
            container.sidecarOf = owner
            container.state = state
            return container
        }
        var containers = [
            container("store1.auditor", of: "store1"), container("store1"), container("store2", .exited),
            container("store2.auditor", of: "store2"),
        ]
        var selection = MemberSelection(containers: containers, declared: [])
        #expect(try selection.containers(named: ["store1"]).map(\.member) == ["store1.auditor", "store1"])
        #expect(try selection.containers(named: ["store1.auditor"]).map(\.member) == ["store1.auditor"])
        #expect(try selection.containers(named: ["store"]).count == 4)
        // A command runs in the member's own container.
        #expect(try selection.running("store1").member == "store1")
        #expect(try selection.running("lab-store1").member == "store1")
        #expect(try selection.running("store1.auditor").member == "store1.auditor")
        #expect(try selection.running("store").member == "store1")
        let problems = thrown(Problems.self) { try selection.running("store2") }
        #expect(problems?.description == "store2 does not run; start it with `minke start store2`")
        containers[1].state = .exited
        selection = MemberSelection(containers: containers, declared: [])
        #expect(thrown(Problems.self) { try selection.running("store") } != nil)
        let unknown = thrown(Problems.self) { try selection.containers(named: ["store1.audtor"]) }
        #expect(unknown?.description == "unknown member or service store1.audtor; did you mean store1.auditor?")
    }
}
