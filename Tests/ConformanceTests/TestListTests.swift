import Conformance
import Model
import TestTools
import Testing

struct TestListTests {
    private static let flavors = "tempest.api.compute.flavors.test_flavors.FlavorsV2TestJSON.test_list_flavors"
    private static let suite = [
        "\(flavors)[id-e36c0eaa-dff5-4082-ad1f-3f9a80aa3f59,smoke]",
        "\(flavors)_with_detail[id-6e85fde4-b3cd-4137-ab72-ed5f418e8c24]",
        "tempest.api.identity.v3.test_tokens.TokensV3Test.test_create_token[id-6f8e4436-fc96-4282-8122-e41df57197a9]",
        "heat_tempest_plugin.tests.api.test_heat_api.stacks_create_empty_stack.test_request",
    ].map(TestName.init)

    private static func list(_ text: String, name: String = "own") throws -> ConformanceList {
        try ConformanceList.read("summary: a list\n" + text, name: name, file: "own.yaml")
    }

    @Test func namesAreTakenApart() {
        let test = Self.suite[0]
        #expect(test.name == Self.flavors)
        #expect(test.id == "e36c0eaa-dff5-4082-ad1f-3f9a80aa3f59")
        #expect(test.tags == ["smoke"])
        #expect(test.className == "tempest.api.compute.flavors.test_flavors.FlavorsV2TestJSON")
        #expect(Self.suite[3].id == nil)
        #expect(Self.suite[3].key == Self.suite[3].text)
    }

    @Test func aTestIsWithinItsNameAndPackagesOnly() {
        #expect(Self.suite[0].isWithin(Self.flavors))
        #expect(Self.suite[0].isWithin("tempest.api.compute"))
        #expect(!Self.suite[0].isWithin("tempest.api.comp"))
        #expect(!Self.suite[1].isWithin(Self.flavors), "another test whose name begins alike")
    }

    @Test func listsChooseByIdNameAndTag() throws {
        func chosen(_ text: String) throws -> [Int] {
            let list = try Self.list(text)
            return Self.suite.indices.filter { list.chooses(Self.suite[$0]) }
        }
        #expect(try chosen("ids: [6e85fde4-b3cd-4137-ab72-ed5f418e8c24]") == [1])
        #expect(try chosen("names: [tempest.api.compute]") == [0, 1])
        #expect(try chosen("tags: [smoke]") == [0])
        #expect(try chosen("tags: [smoke]\nnames: [heat_tempest_plugin]") == [0, 3])
    }

    @Test func aListLeavesTestsOutWithReasons() throws {
        let list = try Self.list(
            "names: [tempest.api]\nexcept: {e36c0eaa-dff5-4082-ad1f-3f9a80aa3f59: too slow, tempest.gone: gone}")
        let selection = try TestSelection(["own"], lists: [list], suite: Self.suite)
        #expect(selection.tests == [Self.suite[1], Self.suite[2]])
        #expect(
            selection.excepted == [
                TestResult(test: Self.suite[0], status: .skipped, seconds: 0, reason: "left out of own: too slow")
            ])
        #expect(selection.unknown == ["tempest.gone"], "an exception for nothing")
        let named = try TestSelection(["own", Self.flavors], lists: [list], suite: Self.suite)
        #expect(named.tests.contains(Self.suite[0]), "it is asked for by its name")
        #expect(named.excepted.isEmpty)
    }

    @Test func aCatalogueWithoutListsIsTold() {
        let problems = thrown(Problems.self) { _ = try TestSelection(["quick"], lists: [], suite: Self.suite) }
        #expect(problems?.description == "there is no list and no test quick; the catalogue has no lists")
    }

    @Test(arguments: [
        ("", "own.yaml:1:1: the list chooses no tests; give it `ids:`, `names:` or `tags:`"),
        ("idss: [a]", "own.yaml:2:1: unknown key \"idss\"; did you mean ids?"),
    ])
    func mistakesInListsAreTold(text: String, complaint: String) {
        let problems = thrown(Problems.self) { _ = try Self.list(text) }
        #expect(problems?.description.contains(complaint) == true, "\(String(describing: problems))")
    }

    @Test func selectionTellsWhatTheSuiteDoesNotHave() throws {
        let list = try Self.list(
            "ids: [6e85fde4-b3cd-4137-ab72-ed5f418e8c24, 00000000-0000-4000-8000-000000000000]\nnames: [tempest.gone]")
        let selection = try TestSelection(["own"], lists: [list], suite: Self.suite)
        #expect(selection.tests == [Self.suite[1]])
        #expect(selection.unknown == ["00000000-0000-4000-8000-000000000000", "tempest.gone"])
    }

    @Test func selectionTakesWordsForTestsAndPackages() throws {
        let words = ["id-e36c0eaa-dff5-4082-ad1f-3f9a80aa3f59", "tempest.api.identity"]
        let selection = try TestSelection(words, lists: [], suite: Self.suite)
        #expect(selection.tests == [Self.suite[0], Self.suite[2]])
        #expect(selection.unknown.isEmpty)
    }

    @Test func aWordThatChoosesNothingIsRefusedWithTheNearestList() throws {
        let lists = [try Self.list("tags: [smoke]", name: "smoke")]
        let problems = thrown(Problems.self) {
            _ = try TestSelection(["smok", "tempest.api.nothing"], lists: lists, suite: Self.suite)
        }
        #expect(
            problems?.all.map(\.description) == [
                "there is no list and no test smok; did you mean smoke?",
                "there is no list and no test tempest.api.nothing; lists are smoke",
            ])
    }
}
