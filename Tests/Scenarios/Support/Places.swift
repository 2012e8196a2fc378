import Building
import System

/// Where scenarios find what they need.
enum Places {
    /// The checkout: this file is Tests/Scenarios/Support/Places.swift.
    static let repository = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4)
        .joined(separator: "/")
    static let tinyCatalog = "\(repository)/Tests/Scenarios/TinyCatalog"

    /// The program that is tested: as told, else the one that was built beside the tests.
    static func program() throws -> String {
        if let told = environmentVariable("MINKE_TEST_PROGRAM") { return told }
        let built = "\(repository)/.build/debug/minke"
        guard Files.exists(built) else { throw MissingProgram(path: built) }
        return built
    }

    /// Where results of tests are kept: beside the tests' engine's images, as scripts/test-engine says.
    static let results = PassedTests.standardFolder

    /// What failed scenarios leave: their commands, logs and lists of containers.
    static func diary(of scenario: String) -> String { "\(repository)/build/scenarios/\(scenario)" }
}

struct MissingProgram: Error, CustomStringConvertible {
    let path: String
    var description: String { "there is no program \(path): build it, or name one by MINKE_TEST_PROGRAM" }
}
