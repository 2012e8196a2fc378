import System
import Testing

@testable import CommandLine

@Suite struct ManualPageTests {
    @Test func mandocFindsNothingToBlame() async throws {
        let page = manualPage(of: sample, version: "1.0", date: "2026-11-20")
        let result = try await Subprocess("mandoc", ["-T", "lint", "-W", "style"], input: Array(page.utf8)).run()
        #expect(result.outputText == "")
        #expect(result.status == .exited(0))
    }

    @Test func escapesWhatRoffWouldRead() {
        var writer = ManualWriter()
        writer.text(".dot 'quote' back\\slash a-b")
        writer.prose("  'x\n  .y")
        #expect(
            writer.output == """
                \\&.dot 'quote' back\\eslash a\\-b
                .RS 4
                .nf
                \\&'x
                \\&.y
                .fi
                .RE

                """)
    }

    @Test func hasEveryCommandAndExitStatus() {
        let page = manualPage(of: sample, version: "1.0", date: "2026-11-20")
        for text in [
            ".SS \"image push\"", ".SS \"build\"", "\\fBPROG_ENV\\fR", "\\fB\\-j\\fR, \\fB\\-\\-jobs\\fR \\fIN\\fR",
            "\\fB130\\fR",
        ] {
            #expect(page.contains(text), "\(text)")
        }
        #expect(!page.contains("secret"))
    }
}
