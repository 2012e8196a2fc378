import Clouds
import Conformance
import Model
import System

/// A run of OpenStack's own tests against an environment's cloud.
package struct VerifyRun: Sendable {
    let survey: Survey
    let record: VerifyRecord
    private let catalog: String
    private let progress: any WorkProgress
    private let clock = ContinuousClock()

    /// The list that is run where none is named.
    private static let defaultList = "quick"
    /// The longest time that services may take to remove objects in the background.
    static let patience = Duration.seconds(120)

    /// - Parameters:
    ///   - catalog: the catalogue's folder, which has the lists.
    ///   - folder: the folder that keeps the results, so that another run can go on with them.
    package init(_ survey: Survey, catalog: String, folder: String, progress: any WorkProgress) throws {
        self.survey = survey
        self.catalog = catalog
        self.progress = progress
        record = try VerifyRecord(folder: folder)
    }

    /// Finds the tests that words name: lists, or tests, classes, modules or packages of tests.
    ///
    /// - Parameter goesOn: whether no words mean those of the last run, rather than the quickest list.
    /// - Throws: `Problems` for words that name nothing, and where there is no last run.
    package func select(_ words: [String], goesOn: Bool) async throws -> TestSelection {
        try await withSuite(words, goesOn: goesOn) { selection, _, _, _ in selection }
    }

    /// Runs tests, removes what they left in the cloud, and tells all that in a report.
    ///
    /// - Parameters:
    ///   - goesOn: whether the results of the last run are kept, and only missing ones are got.
    ///   - jobs: the number of classes of tests that run at a time; nil for twice as many as processors, four at most.
    /// - Throws: `Problems` for words that name nothing, `SuiteFailure` where the suite does not do what it is asked for.
    package func run(_ words: [String], goesOn: Bool, jobs: Int?) async throws -> TestReport {
        try await withSuite(words, goesOn: goesOn) { selection, words, suite, web in
            try await run(selection, words, goesOn: goesOn, jobs: jobs, in: suite, web)
        }
    }

    /// Runs `body` with the tests that words name, these words, the suite's container and its web server.
    private func withSuite<Result: Sendable>(
        _ asked: [String], goesOn: Bool,
        _ body: (TestSelection, [String], SuiteContainer.Running, WebContainer) async throws -> Result
    ) async throws -> Result {
        let lists = try ConformanceList.load(catalog: catalog)
        var words = asked
        if words.isEmpty { words = goesOn ? try record.words() ?? [] : [Self.defaultList] }
        if words.isEmpty {
            throw Problems("there is no run to go on with", remedy: "leave --continue out")
        }
        let container = try SuiteContainer(survey: survey)
        return try await container.use { suite in
            let names = try await progress.run("tests of the suite") { _ in (try await suite.tests(), nil) }
            let selection = try TestSelection(words, lists: lists, suite: names)
            return try await body(selection, words, suite, container.web)
        }
    }

    private func run(
        _ selection: TestSelection, _ words: [String], goesOn: Bool, jobs: Int?, in suite: SuiteContainer.Running,
        _ web: WebContainer
    ) async throws -> TestReport {
        let start = clock.now
        let began = millisecondsSince1970()
        let credentials = try Credentials(survey)
        let keystone = try await credentials.keystone(keepingAuthorityIn: record.folder)
        let cloud = try TestedCloud(keystone, region: credentials.login.region)
        try await clearAway(cloud)
        if !goesOn { try record.begin(words) }
        let chosen = Set(selection.tests)
        let known = goesOn ? try record.results().filter { chosen.contains($0.test) } : []
        let done = Set(known.map(\.test))
        let wanted = selection.tests.filter { !done.contains($0) }
        let tests = VerifyProgress(progress, total: selection.tests.count, known: known)
        var left: [TestReport.Left] = []
        if !wanted.isEmpty { left = try await run(wanted, jobs: jobs, on: cloud, in: suite, web, tests) }
        let results = tests.results
        let failed = results.filter { $0.status == .failed && !done.contains($0.test) }
        let logs = try await FailureLogs(session: survey.session).lines(of: failed, since: began)
        let ran = Set(results.map(\.test))
        return TestReport(
            environment: survey.desired.environment, lists: words,
            results: results + selection.excepted,
            missing: selection.tests.filter { !ran.contains($0) }, unknown: selection.unknown, leftovers: left,
            seconds: (clock.now - start).seconds, logs: logs)
    }

    /// Runs tests, removes what they left in the cloud, and returns it.
    private func run(
        _ wanted: [TestName], jobs: Int?, on cloud: TestedCloud, in suite: SuiteContainer.Running, _ web: WebContainer,
        _ tests: VerifyProgress
    ) async throws -> [TestReport.Left] {
        let baseline = try await cloud.inventory().value
        try record.keep(baseline: baseline)
        let disk = try await survey.guestDisk(for: SuiteContainer.tool)
        let parts = try await web.use(disk: disk) { url in
            let parts = try await progress.run("images, flavors and networks for the tests") { _ in
                (try await prepare(cloud, suite, disk: disk, at: url), nil)
            }
            try await tests.show {
                try await suite.run(wanted, jobs: usedJobs(jobs), authorityFile: authorityFile()) { event in
                    if case .end(let result) = event { try record.add(result) }
                    tests.note(event)
                }
            }
            return parts
        }
        return try await progress.run("what the tests left") { _ in
            (try await cleanUp(cloud, parts: parts, since: baseline), nil)
        }
    }

    private func usedJobs(_ given: Int?) async throws -> Int {
        if let given { return given }
        // Tests mostly wait, for instances above all.
        return min(4, 2 * max(1, try await survey.session.engine.information().processors))
    }

    /// Removes what a stopped run left in the cloud.
    private func clearAway(_ cloud: TestedCloud) async throws {
        guard let baseline = try record.baseline() else { return }
        let left = try await cloud.inventory().leftovers(since: baseline)
        if !left.isEmpty {
            try await progress.run("what a stopped run left") { step in
                step.say(left.count == 1 ? "1 object" : "\(left.count) objects")
                if let first = try await cloud.remove(left, within: Self.patience).first {
                    throw Problems("\(first.object.words) cannot be removed: \(first.reason)")
                }
                return ((), nil)
            }
        }
        try record.forgetBaseline()
    }
}
