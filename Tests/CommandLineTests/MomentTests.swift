import Testing

@testable import CommandLine

@Suite struct MomentTests {
    @Test(arguments: [
        ("0", Moment.at(0)), ("1700000000", .at(1_700_000_000_000)), ("1700000000.25", .at(1_700_000_000_250)),
        ("1970-01-01T00:00:00Z", .at(0)), ("2024-02-29T12:00:00Z", .at(1_709_208_000_000)),
        ("2024-02-29T12:00:00.5+01:30", .at(1_709_202_600_500)), ("2024-02-29t12:00:00-00:30", .at(1_709_209_800_000)),
        ("10m", .ago(milliseconds: 600_000)), ("2h", .ago(milliseconds: 7_200_000)),
        ("500ms", .ago(milliseconds: 500)),
    ])
    func readsWhatIsMeant(text: String, moment: Moment) {
        #expect(Moment(text: text) == moment)
    }

    @Test(arguments: [
        "", "yesterday", "-1", "2024-02-29", "2024-13-01T00:00:00Z", "2024-02-29T12:00:00", "2024-02-29T12:00:00.Z",
        "2024-02-29T12:00:00Zz", "2024-02-29T12:00:00+01", "10 m",
    ])
    func refusesOthers(text: String) {
        #expect(Moment(text: text) == nil)
    }

    @Test func countsBackFromNow() {
        #expect(Moment.ago(milliseconds: 600_000).milliseconds(now: 1_000_000) == 400_000)
        #expect(Moment.ago(milliseconds: 600_000).milliseconds(now: 1) == 0)
        #expect(Moment.at(5).milliseconds(now: 1) == 5)
    }
}
