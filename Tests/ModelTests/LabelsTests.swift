import Model
import System
import Testing

@Suite struct LabelsTests {
    /// A label that is missing among the reserved ones could be set by a recipe's group, and be inherited.
    @Test func allAreReserved() throws {
        let repository = (1...3).reduce(#filePath) { path, _ in Files.folder(of: path) }
        let source = try Files.readText("\(repository)/Sources/Model/Labels.swift")
        let names = Set(source.matches(of: /= prefix \+ "([a-z-]+)"/).map { String($0.1) })
        #expect(names.count > 15)
        #expect(Labels.reserved == names)
    }
}
