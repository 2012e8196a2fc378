import Conformance
import Model
import Testing

struct TestReportTests {
    private static let request = "req-0a1b2c3d-0001-4002-8003-00000000000f"
    private static let failure = TestResult(
        test: TestName("a.b.C.test_fails[id-1]"), status: .failed, seconds: 1.5,
        reason: """
            Traceback (most recent call last):
              File "x.py", line 1
            TimeoutException: Request timed out
            Details: <none>
            """,
        log: "asked req-00000000-0000-4000-8000-000000000000 and \(request) and \(request)\u{1b}")
    private static let report = TestReport(
        environment: "cloud", lists: ["smoke"],
        results: [
            failure,
            TestResult(test: TestName("a.b.C.test_passes[id-2]"), status: .passed, seconds: 0.25),
            TestResult(test: TestName("a.b.D.test_skips[id-3]"), status: .skipped, seconds: 0, reason: "no\nCinder"),
            TestResult(test: TestName("a.b.D.test_rests[id-4]"), status: .skipped, seconds: 0, reason: "no Cinder"),
        ], missing: [], unknown: ["id-9"], leftovers: [], seconds: 2,
        logs: [failure.test.text: [TestReport.LogLine(member: "nova-api1", text: "<error> & \(request)")]])

    @Test func eventsAreReadFromLines() {
        #expect(SuiteEvent(line: #"{"total": 3}"#) == .total(3))
        #expect(SuiteEvent(line: #"{"begin": "a.b[id-1]"}"#) == .begin(TestName("a.b[id-1]")))
        let line = #"{"test": "a.b[id-1]", "status": "skipped", "seconds": 2, "reason": "r"}"#
        let result = TestResult(test: TestName("a.b[id-1]"), status: .skipped, seconds: 2, reason: "r")
        #expect(SuiteEvent(line: line) == .end(result))
        #expect(TestResult(result.value) == result)
        for line in ["", "warning", "{}", #"{"test": "a", "status": "odd"}"#] { #expect(SuiteEvent(line: line) == nil) }
    }

    @Test func aFailureNamesItsErrorAndItsRequests() {
        #expect(Self.failure.shortReason == "TimeoutException: Request timed out")
        #expect(Self.failure.requests() == [Self.request, "req-00000000-0000-4000-8000-000000000000"])
        #expect(Self.failure.requests(limit: 1) == [Self.request])
    }

    @Test func everySkipIsCountedByItsReason() {
        #expect(Self.report.skipReasons.map(\.reason) == ["no Cinder"])
        #expect(Self.report.skipReasons.map(\.count) == [2])
        #expect(!Self.report.isGood)
        #expect(Self.report.value["counts"] == ["passed": 1, "failed": 1, "skipped": 2, "missing": 0])
    }

    @Test func junitHasEachTestOnce() {
        let text = Self.report.junit
        #expect(text.contains(#"<testsuite name="cloud" tests="4" failures="1" errors="0" skipped="2" time="2.0">"#))
        #expect(text.contains(#"<testcase classname="a.b.C" name="test_passes" time="0.25"/>"#))
        #expect(text.contains(#"<skipped message="no Cinder"/>"#))
        #expect(text.contains(#"<failure message="TimeoutException: Request timed out">"#))
        #expect(text.contains("Details: &lt;none&gt;"))
        #expect(text.contains("<system-err>nova-api1 | &lt;error&gt; &amp; \(Self.request)"))
    }

    @Test func pagesHoldNoCharactersThatTheyCannot() {
        let text = Self.report.html
        #expect(!text.contains("\u{1b}"))
        #expect(text.contains("nova-api1 | &lt;error&gt; &amp;"))
        #expect(text.contains("<p>1 passed, 1 failed, 2 skipped, 0 not run, in 2.0 s</p>"))
    }
}
