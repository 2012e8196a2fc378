import Glibc
import System
import Testing

/// The tests of the Makefile and of scripts/. Each is a script that prints the differences and exits with 1.
@Suite struct ScriptsTests {
    @Test(arguments: ["makefile.sh", "setup.sh", "programs.py", "test-choice.sh", "test-full.sh"])
    func passes(_ name: String) async throws {
        try await run(name)
    }

    /// The script starts an engine, so it runs only where the scenarios do.
    @Test(.enabled(if: getenv("MINKE_TEST_DOCKER_HOST") != nil))
    func engineOfTheTestsLeavesNothingBehind() async throws {
        try await run("test-engine.sh")
    }

    private func run(_ name: String) async throws {
        let script = "\(repository)/scripts/tests/\(name)"
        let result = try await Subprocess(script, timeLimit: .seconds(300)).run()
        #expect(result.status == .exited(0), "\(result.outputText)\(result.errorText)")
    }

    /// The checkout's folder: this file is Tests/ScriptsTests/ScriptsTests.swift.
    private var repository: String {
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
    }
}
