import Model
import System
import TestTools
import Testing

@testable import Recipes

/// The lists of broken images in recipes' folders.
@Suite struct BrokenImageTests {
    @Test func theReferenceIsAList() throws {
        let root = Files.folder(of: Files.folder(of: Files.folder(of: #filePath)))
        let file = "\(root)/docs/reference/broken.yaml"
        let images = try BrokenImage.read(try Files.readText(file), file: file)
        #expect(images.count == 2)
        #expect(images.last?.dockerfile.split(separator: "\n").count == 2)
    }

    @Test(arguments: [
        ("- {bug: a, told: b}", "b.yaml:1:3: the key \"dockerfile\" is missing"),
        ("- {bug: a, tolt: b, dockerfile: c}", "b.yaml:1:12: unknown key \"tolt\"; did you mean told?"),
        ("bug: a", "b.yaml:1:1: found a mapping, expected a list"),
    ])
    func tellsWhatIsWrong(text: String, told: String) {
        let error = thrown(Problems.self) { try BrokenImage.read(text, file: "b.yaml") }
        #expect("\(error.map { "\($0)" } ?? "")".split(separator: "\n").contains { $0 == told })
    }
}
