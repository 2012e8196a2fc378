import Model
import Recipes
import Templates
import Testing

@testable import Rendering

@Suite struct INIFileTests {
    @Test func sectionsWithoutKeysAreWritten() throws {
        let entry = RenderedFile.Entry(section: "b", key: "k", value: "v", isSecret: false, cost: .restart)
        #expect(try iniText([entry], empty: ["a"]) == "[a]\n\n[b]\nk = v\n")
        #expect(try iniText([entry], empty: []) == "[b]\nk = v\n")
    }

    @Test func aSectionThatLosesItsKeysGoesAndOneWithoutAnyStays() throws {
        let file = FileRecipe(
            path: "x.conf",
            content: .ini([
                INISectionRecipe(name: "bare", keys: []),
                INISectionRecipe(
                    name: "one",
                    keys: [
                        INIKeyRecipe(name: "k", values: [try Template("v", name: "x", firstLine: 1, firstColumn: 1)])
                    ]),
            ]))
        let place = Place(file: "lab.yaml", line: 1, column: 1)
        func override(_ section: String) -> FileOverride {
            FileOverride(
                file: "x.conf", section: section, key: "k", values: [], place: place, sectionPlace: place,
                valuePlaces: [])
        }
        #expect(file.merging([override("one")]).sections.map { $0.name } == ["bare"])
        #expect(file.merging([override("new")]).sections.map { $0.name } == ["bare", "one"])
    }
}
