import CommandLine
import System
import Testing

@testable import Commands

/// The definitions of the program's own commands.
@Suite struct ProgramTests {
    @Test func definitionsAreSound() {
        #expect(CommandDefinition.minke.definitionMistakes() == [])
    }

    @Test func commandsThatGoOnSaySo() {
        let resumable = CommandDefinition.minke.subcommands.filter(\.isResumable).map(\.name)
        #expect(
            resumable == [
                "build", "push", "pull", "clean", "prune", "up", "down", "restore", "start", "stop", "restart",
                "external-net", "demo",
            ])
        #expect(CommandDefinition.minke.subcommands.flatMap(\.subcommands).allSatisfy { !$0.isResumable })
    }

    @Test func mandocFindsNothingToBlameInTheManual() async throws {
        let page = manualPage(of: .minke, version: "1.0", date: "2026-11-20")
        let result = try await Subprocess("mandoc", ["-T", "lint", "-W", "style"], input: Array(page.utf8)).run()
        #expect(result.outputText == "")
        #expect(result.status == .exited(0))
    }

    @Test func groffFindsNothingToBlameInTheManual() async throws {
        let page = manualPage(of: .minke, version: "1.0", date: "2026-11-20")
        let result = try await Subprocess("groff", ["-man", "-ww", "-Tutf8"], input: Array(page.utf8)).run()
        #expect(result.errorText == "")
        #expect(result.outputText.contains("MINKE_ENVIRONMENT"))
    }
}
