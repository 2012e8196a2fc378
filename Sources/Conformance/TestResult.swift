import Model

/// The result of one test.
public struct TestResult: Sendable, Hashable {
    /// The outcome of a test.
    public enum Status: String, Sendable, CaseIterable {
        case passed, failed, skipped
    }

    /// The test.
    public let test: TestName
    /// The outcome.
    public let status: Status
    /// The duration of the test, in seconds.
    public let seconds: Double
    /// The reason of a skip, or the traceback of a failure.
    public let reason: String
    /// The end of a failed test's log.
    public let log: String

    /// Creates a result.
    public init(test: TestName, status: Status, seconds: Double, reason: String = "", log: String = "") {
        self.test = test
        self.status = status
        self.seconds = seconds
        self.reason = reason
        self.log = log
    }

    /// Reads a result from its `value`; nil for any other JSON.
    public init?(_ value: Value) {
        guard let name = value["test"]?.string, let status = value["status"]?.string.flatMap(Status.init(rawValue:))
        else { return nil }
        self.init(
            test: TestName(name), status: status, seconds: value["seconds"]?.number ?? 0,
            reason: value["reason"]?.string ?? "", log: value["log"]?.string ?? "")
    }

    /// The result as JSON.
    public var value: Value {
        var map = ValueMap([
            ("test", .string(test.text)), ("status", .string(status.rawValue)), ("seconds", .double(seconds)),
        ])
        if !reason.isEmpty { map["reason"] = .string(reason) }
        if !log.isEmpty { map["log"] = .string(log) }
        return .map(map)
    }

    /// The reason in one line: for a traceback, the error at its end.
    public var shortReason: String {
        let lines = reason.split(whereSeparator: \.isNewline)
        if status == .skipped { return lines.joined(separator: " ") }
        let frames = lines.lastIndex { $0.hasPrefix("Traceback (") }
        let error = frames.flatMap { start in lines[start...].dropFirst().first { !$0.hasPrefix(" ") } }
        return String(error ?? lines.first ?? "")
    }

    /// The identifiers of the test's last requests (`req-UUID`), newest first, at most `limit`.
    public func requests(limit: Int = 10) -> [String] {
        let pattern = /req-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/
        var found: [String] = []
        for match in log.matches(of: pattern).reversed() where !found.contains(String(match.0)) {
            found.append(String(match.0))
            if found.count == limit { break }
        }
        return found
    }
}

/// An event that the suite's container reports as a line of JSON.
public enum SuiteEvent: Sendable, Hashable {
    /// The number of tests that will run.
    case total(Int)
    case begin(TestName)
    case end(TestResult)

    /// Reads a line; nil for a line that is no event.
    public init?(line: String) {
        guard let value = try? JSON.parse(line) else { return nil }
        if let total = value["total"]?.int {
            self = .total(total)
        } else if let name = value["begin"]?.string {
            self = .begin(TestName(name))
        } else if let result = TestResult(value) {
            self = .end(result)
        } else {
            return nil
        }
    }
}
