import Building
import System

/// What scripts/run-tests tells at the end of a run: how long each scenario took, waiting for its turn not counted, and
/// which tests were not run since they are known to pass.
///
/// A line each in the file that MINKE_TEST_REPORT names: `took SECONDS NAME`, `kept NAME`.
enum TestReport {
    private static let file = environmentVariable("MINKE_TEST_REPORT")

    static func noteKept(_ name: String) { write("kept \(name)") }

    /// The time is remembered as well, so that the longest can begin first the next time.
    static func note(_ name: String, took seconds: Double) {
        write("took \(seconds.rounded(to: 1)) \(name)")
        // What cannot be kept costs no more than another order.
        try? TestDurations(folder: Places.results).note(name, seconds: seconds)
    }

    private static func write(_ line: String) {
        guard let file else { return }
        do { try Files.append(line + "\n", to: file) } catch { printError("\(error)") }
    }
}
