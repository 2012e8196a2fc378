import Conformance
import Model
import System

/// The record that a run of tests writes as it goes, so that another run can go on with it.
///
/// `words` has the lists that were asked for, `results` a line of JSON for each test that ended, and `baseline.json`
/// the inventory of the cloud before a run that has not cleaned up after itself.
struct VerifyRecord: Sendable {
    let folder: String

    private var wordsFile: String { "\(folder)/words" }
    private var resultsFile: String { "\(folder)/results" }
    private var baselineFile: String { "\(folder)/baseline.json" }

    init(folder: String) throws {
        self.folder = folder
        try Files.makeDirectory(folder, mode: 0o700)
    }

    /// Forgets the last run and begins another.
    func begin(_ words: [String]) throws {
        try Files.write("", to: resultsFile, mode: 0o600)
        try Files.write(words.map { $0 + "\n" }.joined(), to: wordsFile, mode: 0o600)
    }

    /// The words that the last run was asked for; nil where there was none.
    func words() throws -> [String]? {
        guard Files.exists(wordsFile) else { return nil }
        return try Files.readText(wordsFile).split(separator: "\n").map(String.init)
    }

    func add(_ result: TestResult) throws {
        try Files.append(JSON.text(result.value) + "\n", to: resultsFile, mode: 0o600)
    }

    /// The results of the last run. A line that was cut off is left out: its test runs again.
    func results() throws -> [TestResult] {
        guard Files.exists(resultsFile) else { return [] }
        return try Files.readText(resultsFile).split(separator: "\n").compactMap { line in
            (try? JSON.parse(String(line))).flatMap(TestResult.init)
        }
    }

    /// The inventory of the cloud before a run that has not cleaned up after itself; nil where each has.
    func baseline() throws -> Value? {
        guard Files.exists(baselineFile) else { return nil }
        return try JSON.parse(Files.readText(baselineFile))
    }

    func keep(baseline: Value) throws { try Files.write(JSON.text(baseline), to: baselineFile, mode: 0o600) }

    func forgetBaseline() throws {
        if Files.exists(baselineFile) { try Files.remove(baselineFile) }
    }
}
