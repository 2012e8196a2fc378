import Model

/// The result of a run of tests.
public struct TestReport: Sendable {
    /// A line about a request in the log of one of the cloud's members.
    public struct LogLine: Sendable, Hashable {
        /// The name of the member.
        public let member: String
        /// The line.
        public let text: String

        /// Creates a line.
        public init(member: String, text: String) {
            self.member = member
            self.text = text
        }
    }

    /// The name of the environment.
    public let environment: String
    /// The names of the lists and tests that were asked for.
    public let lists: [String]
    /// The results, sorted by the tests' names.
    public let results: [TestResult]
    /// The selected tests that have not run.
    public let missing: [TestName]
    /// The identifiers on the lists that no test of the suite has.
    public let unknown: [String]
    /// The objects that the tests left in the cloud.
    public let leftovers: [Left]
    /// The duration of the run, in seconds.
    public let seconds: Double
    /// The log lines of the cloud's members about the requests of failed tests, by the tests' names.
    public let logs: [String: [LogLine]]

    /// An object that tests left in the cloud.
    public struct Left: Sendable, Hashable {
        /// The object.
        public let object: CloudInventory.Object
        /// The reason why it could not be removed; nil if it was removed.
        public let reason: String?

        /// Creates a record of a leftover.
        public init(object: CloudInventory.Object, reason: String?) {
            self.object = object
            self.reason = reason
        }
    }

    /// Creates a report; it sorts the results.
    public init(
        environment: String, lists: [String], results: [TestResult], missing: [TestName], unknown: [String],
        leftovers: [Left], seconds: Double, logs: [String: [LogLine]]
    ) {
        self.environment = environment
        self.lists = lists
        self.results = results.sorted { $0.test < $1.test }
        self.missing = missing
        self.unknown = unknown
        self.leftovers = leftovers
        self.seconds = seconds
        self.logs = logs
    }

    /// The results with a status, sorted by the tests' names.
    public func results(_ status: TestResult.Status) -> [TestResult] { results.filter { $0.status == status } }

    /// The reasons of skips with the number of tests that each concerns, the most frequent first.
    public var skipReasons: [(reason: String, count: Int)] {
        Dictionary(grouping: results(.skipped), by: \.shortReason).map { ($0.key, $0.value.count) }
            .sorted { ($1.1, $0.0) < ($0.1, $1.0) }
    }

    /// Whether every selected test has run, none failed, and no object was left.
    public var isGood: Bool { missing.isEmpty && leftovers.isEmpty && results(.failed).isEmpty }

    /// The report as JSON.
    public var value: Value {
        [
            "environment": .string(environment), "lists": .list(lists.map(Value.string)),
            "seconds": .double(seconds),
            "counts": [
                "passed": .int(results(.passed).count), "failed": .int(results(.failed).count),
                "skipped": .int(results(.skipped).count), "missing": .int(missing.count),
            ],
            "skips": .list(skipReasons.map { ["reason": .string($0.reason), "count": .int($0.count)] }),
            "missing": .list(missing.map { .string($0.text) }), "unknown": .list(unknown.map(Value.string)),
            "leftovers": .list(
                leftovers.map { left in
                    ["object": left.object.value, "reason": left.reason.map(Value.string) ?? .null]
                }),
            "tests": .list(
                results.map { result in
                    var map = result.value.map ?? ValueMap()
                    map["id"] = result.test.id.map(Value.string)
                    map["name"] = .string(result.test.name)
                    map["requests"] = .list(result.requests().map(Value.string))
                    map["members"] = .list(
                        (logs[result.test.text] ?? []).map {
                            ["member": .string($0.member), "text": .string($0.text)]
                        })
                    return .map(map)
                }),
        ]
    }
}
