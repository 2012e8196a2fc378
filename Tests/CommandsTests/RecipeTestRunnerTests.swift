import Cryptography
import System
import Testing

@testable import Commands

@Suite struct RecipeTestRunnerTests {
    /// Results of recipes' tests are kept with the hash of what ran them.
    @Test func isKnownByTheHashOfItsSource() throws {
        let repository = (1...3).reduce(#filePath) { path, _ in Files.folder(of: path) }
        let source = "Sources/Commands/Images/RecipeTestRun.swift"
        let hash = SHA256.hex(of: try Files.read("\(repository)/\(source)"))
        #expect(RecipeTests.runner == hash, "\(source) has changed: RecipeTests.runner is \"\(hash)\" now")
    }
}
