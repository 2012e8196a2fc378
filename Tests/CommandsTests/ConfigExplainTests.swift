import Clouds
import Model
import TestTools
import Testing

@testable import Commands

@Suite struct ConfigExplainTests {
    @Test(arguments: [
        (["workers"], "workers"), (["keystone.conf/token/expiration"], "keystone.conf/token/expiration"),
        (["keystone.conf", "[token]", "expiration"], "keystone.conf/token/expiration"),
        (["keystone.conf", "token", "expiration"], "keystone.conf/token/expiration"),
    ])
    func takesNamesInEveryForm(words: [String], name: String) throws {
        #expect(try explainedName(words) == name)
    }

    @Test func refusesWhatIsNoName() {
        #expect(
            thrown(Problems.self) { try explainedName(["keystone.conf", "token"]) }?.description
                == "expected one name, or FILE [SECTION] KEY, found keystone.conf token; "
                + "put a section whose name has blanks in quotes")
    }

    @Test func tellsThatAKeyIsNotSet() {
        var reader = ConfigReader(service: "keystone", members: ["keystone1"], place: "x.conf [a] b", means: "restart")
        reader.isSet = false
        let report = ExplainReport(key: "x", readers: [reader])
        #expect(report.text(.plain).contains("x.conf [a] b, not set"))
        #expect(report.value.list?.first?["set"] == false)
    }
}
