import Building
import System

/// The report that scripts/run-tests reads at the end of a run: the duration of each scenario, without the wait for its
/// turn, and the tests that were not run since they are known to pass.
///
/// It is the file that MINKE_TEST_REPORT names, with lines `took SECONDS NAME` and `kept NAME`.
enum RunReport {
    private static let file = environmentVariable("MINKE_TEST_REPORT")

    static func noteKept(_ name: String) { write("kept \(name)") }

    /// Reports a duration, and keeps it, so that the longest scenarios can begin first the next time.
    static func note(_ name: String, took seconds: Double) {
        write("took \(seconds.rounded(to: 1)) \(name)")
        // A duration that cannot be kept costs no more than another order.
        try? TestDurations(folder: Places.results).note(name, seconds: seconds)
    }

    private static func write(_ line: String) {
        guard let file else { return }
        do { try Files.append(line + "\n", to: file) } catch { printError("\(error)") }
    }
}
