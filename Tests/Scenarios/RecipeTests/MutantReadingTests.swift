import Model
import System
import TestTools
import Testing

/// The lists of broken images in recipes' folders.
@Suite struct MutantReadingTests {
    @Test func theReferenceIsAList() throws {
        let file = "\(Places.repository)/docs/reference/broken.yaml"
        let mutants = try Mutant.read(try Files.readText(file), of: "glance-api", file: file)
        #expect(mutants.map(\.recipe) == ["glance-api", "glance-api"])
        #expect(mutants.last?.lines.split(separator: "\n").count == 2)
    }

    @Test(arguments: [
        ("- {bug: a, told: b}", "b.yaml:1:3: the key \"dockerfile\" is missing"),
        ("- {bug: a, tolt: b, dockerfile: c}", "b.yaml:1:12: unknown key \"tolt\"; did you mean told?"),
        ("bug: a", "b.yaml:1:1: found a mapping, expected a list"),
    ])
    func tellsWhatIsWrong(text: String, told: String) {
        let error = thrown(Problems.self) { try Mutant.read(text, of: "x", file: "b.yaml") }
        #expect("\(error.map { "\($0)" } ?? "")".split(separator: "\n").contains { $0 == told })
    }
}
