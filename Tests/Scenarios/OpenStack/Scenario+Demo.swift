import Model
import Testing

extension Scenario {
    /// Runs the demo again, which reaches its instance and must know it, and returns its report.
    @discardableResult
    func requireDemo(
        finds instance: String, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Value {
        let report = try await minke("demo", "--json").json()
        try #require(report["instance"]?["id"]?.string == instance, sourceLocation: sourceLocation)
        return report
    }
}
