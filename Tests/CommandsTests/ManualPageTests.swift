import System
import Testing

@testable import Commands

@Suite struct ManualPageTests {
    @Test func mandocFindsNothingToBlame() async throws {
        for root in [sample, .minke] {
            let page = manualPage(of: root, version: "1.0", date: "2026-11-20")
            let result = try await Subprocess("mandoc", ["-T", "lint", "-W", "style"], input: Array(page.utf8)).run()
            #expect(result.outputText == "")
            #expect(result.status == .exited(0))
        }
    }

    @Test func groffFindsNothingToBlame() async throws {
        let page = manualPage(of: .minke, version: "1.0", date: "2026-11-20")
        let result = try await Subprocess("groff", ["-man", "-ww", "-Tutf8"], input: Array(page.utf8)).run()
        #expect(result.errorText == "")
        #expect(result.outputText.contains("MINKE_ENVIRONMENT"))
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
