import Clouds
import Model
import System
import TestTools
import Testing

@testable import Commands

@Suite struct MistakeTests {
    @Test(arguments: [
        ("zed-latest", true), ("1", true), ("_a.B-c", true), (String(repeating: "a", count: 128), true),
        ("", false), ("a b", false), ("-a", false), (".a", false), ("a:b", false), ("ä", false),
        (String(repeating: "a", count: 129), false),
    ])
    func knowsTags(text: String, isTag: Bool) {
        #expect(Commands.isTag(text) == isTag)
    }

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

    @Test func namesAFileThatIsNoPlan() async throws {
        try await Files.withTemporaryDirectory { folder in
            let file = folder + "/base.yaml"
            try Files.write("name: base\n", to: file)
            let text = thrown(Problems.self) { _ = try SavedPlan(file: file) }
            #expect(text?.description.hasPrefix("\(file) is no plan that `minke plan --json` wrote: ") == true)
            try Files.write("{}", to: file)
            let other = thrown(Problems.self) { _ = try SavedPlan(file: file) }
            #expect(
                other?.description
                    == "\(file): this is no plan; save one with `minke plan --json > plan.json`")
        }
    }
}
