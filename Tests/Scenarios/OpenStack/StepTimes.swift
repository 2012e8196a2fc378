import Model
import System
import Testing

/// The times at which the steps of an `up` were under way, read from its trace, in seconds since 1970.
struct StepTimes: CustomStringConvertible {
    private let steps: [(title: String, span: ClosedRange<Double>)]

    init(of file: String) throws {
        let trace = try JSON.parse(Files.read(file))
        guard case .double(let began)? = trace["otherData"]?["began"] else { throw Problems("\(file) lacks its begin") }
        steps = try (trace["traceEvents"]?.list ?? []).filter { $0["ph"] == "X" }.map { event in
            let start = began + Double(try #require(event["ts"]?.int)) / 1_000_000
            let title = try #require(event["name"]?.string)
            return (title, start...start + Double(try #require(event["dur"]?.int)) / 1_000_000)
        }
        try #require(!steps.isEmpty, "\(file) has no step")
    }

    var description: String {
        let first = steps.map(\.span.lowerBound).min() ?? 0
        return steps.map { step in
            let (start, end) = (step.span.lowerBound - first, step.span.upperBound - first)
            return "\(start.rounded(to: 2)) s to \(end.rounded(to: 2)) s \(step.title)"
        }.joined(separator: "\n")
    }

    /// The moments at which no step was under way whose title names one of the services, nor began within `lead`
    /// seconds: what was sent then, and is lost, was lost to something else.
    func outside(_ moments: [Double], of services: [String], lead: Double) -> [Double] {
        let spans = steps.filter { step in services.contains { step.title.contains(" \($0)") } }.map(\.span)
        return moments.filter { moment in
            !spans.contains { $0.lowerBound - lead <= moment && moment <= $0.upperBound }
        }
    }
}
