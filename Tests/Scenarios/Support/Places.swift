import Building
import System

/// The places of files that scenarios use.
enum Places {
    /// The checkout's folder: this file is Tests/Scenarios/Support/Places.swift.
    static let repository = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4)
        .joined(separator: "/")
    static let tinyCatalog = "\(repository)/Tests/Scenarios/TinyCatalog"

    /// The program under test: `MINKE_TEST_PROGRAM`, else the one that was built beside the tests.
    static func program() throws -> String {
        if let told = environmentVariable("MINKE_TEST_PROGRAM") { return told }
        let built = "\(repository)/.build/debug/minke"
        guard Files.exists(built) else { throw MissingProgram(path: built) }
        return built
    }

    /// The folder of kept test results, beside the images of the tests' engine, as set by scripts/test-engine.
    static let results = PassedTests.standardFolder

    /// The folder in which a failed scenario leaves its commands, logs and lists of containers.
    static func diary(of scenario: String) -> String { "\(repository)/build/scenarios/\(scenario)" }
}

/// The error of a program under test that does not exist.
struct MissingProgram: Error, CustomStringConvertible {
    let path: String
    var description: String { "there is no program \(path): build it, or name one by MINKE_TEST_PROGRAM" }
}
