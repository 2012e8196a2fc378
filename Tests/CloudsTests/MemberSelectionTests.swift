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
}
