import Building
import System

/// The results that are kept of scenarios and of trials of recipes' tests.
///
/// One that passed is not repeated while everything that it depends on is the same, unless MINKE_TEST_NO_CACHE is set.
struct KeptResults: Sendable {
    static let shared = KeptResults(
        passed: PassedTests(folder: Places.results), areUsed: environmentVariable("MINKE_TEST_NO_CACHE") == nil,
        report: RunReport.noteKept)

    let passed: PassedTests
    let areUsed: Bool
    /// Takes the name of a result that was used.
    let report: @Sendable (String) -> Void

    /// Runs `body` unless it is known to pass, and keeps the result if it passes.
    ///
    /// - Parameter identity: the hash of everything that the result depends on; nil where it cannot be told.
    func once(_ name: String, _ identity: String?, _ body: () async throws -> Void) async throws {
        guard let identity else { return try await body() }
        if areUsed, passed.seconds(of: identity) != nil {
            report(name)
            return
        }
        let clock = ContinuousClock()
        let start = clock.now
        try await body()
        // A result that cannot be kept costs no more than another run.
        try? passed.keep(identity, name: name, seconds: (clock.now - start).seconds)
    }
}
