import Model
import Testing

@Suite struct DurationTextTests {
    @Test(arguments: [
        ("500ms", Duration.milliseconds(500)), ("30s", .seconds(30)), ("1.5s", .milliseconds(1500)),
        ("10m", .seconds(600)), ("2h", .seconds(7200)), ("8999999999", .seconds(8_999_999_999)), ("5", .seconds(5)),
        ("0", .zero),
    ])
    func reads(_ text: String, duration: Duration) {
        #expect(Duration(text: text) == duration)
    }

    @Test(arguments: [
        "", "s", "-1s", "1e300s", "0x10s", "inf", "nan", "1d", "1 s", "99999999999999999999h", "1.2.3s", "9000000000",
        "2500001h",
    ])
    func refuses(_ text: String) {
        #expect(Duration(text: text) == nil)
    }

    @Test(arguments: [
        (Duration.milliseconds(40), "0.0 s"), (.milliseconds(9949), "9.9 s"), (.milliseconds(9960), "10 s"),
        (.milliseconds(59_700), "1 min 0 s"), (.seconds(125), "2 min 5 s"), (.seconds(3780), "1 h 3 min"),
    ])
    func tellsTimes(duration: Duration, text: String) {
        #expect(duration.words() == text)
    }

    @Test(arguments: [(Duration.seconds(90), "90s"), (.milliseconds(1500), "1500ms"), (.zero, "0s")])
    func writes(duration: Duration, text: String) {
        #expect(duration.text == text)
        #expect(Duration(text: text) == duration)
    }

    @Test func aRunningClockCutsOff() {
        #expect(Duration.milliseconds(1999).words(fractions: false) == "1 s")
        #expect(Duration.milliseconds(59_999).words(fractions: false) == "59 s")
    }
}
