import CommandLine
import Testing

@testable import Commands

@Suite struct DemoCleaningReportTests {
    @Test func saysThatThereIsNothingToRemove() {
        let report = DemoCleaningReport(environment: "trial", removed: [], left: [], seconds: 0)
        #expect(report.text(.plain) == "the demo has nothing in trial: nothing to do")
    }
}
