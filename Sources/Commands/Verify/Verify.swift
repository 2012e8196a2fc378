import Applying
import Clouds
import CommandLine
import Conformance
import Demo
import HTTP
import Model
import OpenStack
import System

extension CommandDefinition {
    static let verify = CommandDefinition(
        "verify",
        summary: "Measure the running cloud by OpenStack's own tests and the lists that certificates ask for",
        discussion: """
            Lists are files of the catalogue, conformance/NAME.yaml: what the OpenInfra Foundation's guidelines and the \
            Sovereign Cloud Stack's standard require, `api`, `scenario`, `smoke`, and `quick`, which is run where none \
            is named. A name of a test, or of a class, module or package of tests, stands for all in it.

            The tests run in a container of the catalogue's image `tempest` on this host's network, and use the cloud as \
            its users do. What they need is made first and removed in the end, and what they leave in the cloud is told \
            and removed. A run that was stopped goes on with --continue; without, the next one begins anew. Either \
            removes what the stopped one left.

            The exit status is 0 where all tests ran, none failed, and nothing was left; 1 otherwise.
            """,
        examples: [
            ("minke verify", "the quickest hundred tests"),
            ("minke verify compute-2022.11 --report results", "a guideline's list, with reports"),
            ("minke verify --list tempest.api.identity", "which tests that would be"),
            ("minke verify --continue", "go on where a run was stopped"),
        ],
        options: [
            .flag("list", summary: "show which tests would run"),
            .flag("continue", summary: "keep the results of the last run, and run only what is missing"),
            .value(
                "jobs", short: "j", "N", .integer(1...64),
                summary: "how many classes of tests run at a time; without it, as many as processors, four at most"),
            .value("report", "FOLDER", .folder, summary: "write report.html, junit.xml and report.json there"),
        ],
        arguments: [.repeated("tests", summary: "a list, a test, a class, a module or a package of tests")]
    ) { arguments in
        let survey = try await Session(arguments).survey()
        let lock = try survey.session.state.lock(part: "verify", for: arguments.command)
        defer { lock.release() }
        return try await VerifyRun(arguments, survey).run()
    }
}

/// One run of the tests.
private struct VerifyRun {
    let arguments: ParsedArguments
    let survey: Survey
    let record: VerifyRecord
    let clock = ContinuousClock()

    /// The list that is run where none is named.
    static let standard = "quick"
    /// The longest time that services may take to remove objects in the background.
    static let patience = Duration.seconds(120)

    init(_ arguments: ParsedArguments, _ survey: Survey) throws {
        self.arguments = arguments
        self.survey = survey
        record = try VerifyRecord(
            folder: StateFolder.verify(of: survey.desired.environment, in: arguments.findState()))
    }

    func run() async throws -> ExitCode {
        let display = StepDisplay(.errors)
        defer { display.close() }
        let lists = try ConformanceList.load(catalog: arguments.findCatalog())
        let goesOn = arguments.flag("continue")
        var words = arguments.list("tests")
        if words.isEmpty { words = goesOn ? try record.words() ?? [] : [Self.standard] }
        if words.isEmpty {
            throw Problems("there is no run to go on with", remedy: "leave --continue out")
        }
        let container = try SuiteContainer(survey: survey)
        return try await container.use { suite in
            let names = try await display.run("tests of the suite") { _ in try await suite.tests() }
            let selection = try TestSelection(words, lists: lists, suite: names)
            if arguments.flag("list") {
                arguments.show(VerifySelectionReport(selection: selection))
                return .done
            }
            return try await run(selection, words, goesOn: goesOn, in: suite, container.web, display)
        }
    }

    private func run(
        _ selection: TestSelection, _ words: [String], goesOn: Bool, in suite: SuiteContainer.Running,
        _ web: WebContainer, _ display: StepDisplay
    ) async throws -> ExitCode {
        let start = clock.now
        let began = millisecondsSince1970()
        let credentials = try Credentials(survey)
        let keystone = try await credentials.keystone(keepingAuthorityIn: record.folder)
        let cloud = try TestedCloud(keystone, region: credentials.login.region)
        try await clearAway(cloud, display)
        if !goesOn { try record.begin(words) }
        let chosen = Set(selection.tests)
        let known = goesOn ? try record.results().filter { chosen.contains($0.test) } : []
        let done = Set(known.map(\.test))
        let wanted = selection.tests.filter { !done.contains($0) }
        let progress = VerifyProgress(total: selection.tests.count, known: known)
        var left: [TestReport.Left] = []
        if !wanted.isEmpty { left = try await run(wanted, on: cloud, in: suite, web, progress, display) }
        let results = progress.results
        let failed = results.filter { $0.status == .failed && !done.contains($0.test) }
        let logs = try await FailureLogs(session: survey.session).lines(of: failed, since: began)
        display.close()
        let ran = Set(results.map(\.test))
        let report = TestReport(
            environment: survey.desired.environment, lists: words,
            results: results + selection.excepted,
            missing: selection.tests.filter { !ran.contains($0) }, unknown: selection.unknown, leftovers: left,
            seconds: (clock.now - start).seconds, logs: logs)
        if let folder = arguments.string("report") { try write(report, to: folder) }
        arguments.show(VerifyReport(report: report))
        return report.isGood ? .done : .failed
    }

    /// Runs tests, removes what they left in the cloud, and returns it.
    private func run(
        _ wanted: [TestName], on cloud: TestedCloud, in suite: SuiteContainer.Running, _ web: WebContainer,
        _ progress: VerifyProgress, _ display: StepDisplay
    ) async throws -> [TestReport.Left] {
        let baseline = try await cloud.inventory().value
        try record.keep(baseline: baseline)
        let disk = try await survey.guestDisk(for: "verify")
        let parts = try await web.use(disk: disk) { url in
            let parts = try await display.run("images, flavors and networks for the tests") { _ in
                try await prepare(cloud, suite, disk: disk, at: url)
            }
            try await progress.show(on: display) {
                try await suite.run(wanted, jobs: try await jobs(), authorityFile: try authorityFile()) { event in
                    if case .end(let result) = event { try record.add(result) }
                    progress.note(event, display)
                }
            }
            return parts
        }
        return try await display.run("what the tests left") { _ in
            try await cleanUp(cloud, parts: parts, since: baseline)
        }
    }

    /// The file of the cloud's authority in the suite's container; nil for a cloud without TLS.
    private func authorityFile() throws -> String? {
        try Credentials(survey).usesTLS ? SuiteContainer.authorityFile : nil
    }

    private func jobs() async throws -> Int {
        if let given = arguments.int("jobs") { return given }
        return min(4, max(1, try await survey.session.engine.information().processors))
    }

    /// Removes what a stopped run left in the cloud.
    private func clearAway(_ cloud: TestedCloud, _ display: StepDisplay) async throws {
        guard let baseline = try record.baseline() else { return }
        let left = try await cloud.inventory().leftovers(since: baseline)
        if !left.isEmpty {
            try await display.run("what a stopped run left") { step in
                display.say(counted(left.count, "object"), of: step)
                if let first = try await cloud.remove(left, within: Self.patience).first {
                    throw Problems("\(first.object.words) cannot be removed: \(first.reason)")
                }
            }
        }
        try record.forgetBaseline()
    }

    private func prepare(
        _ cloud: TestedCloud, _ suite: SuiteContainer.Running, disk: [UInt8], at url: String
    ) async throws -> CloudPreparation.Parts {
        let external = survey.session.environment.demoExternal
        let network = external.subnet.map { subnet in
            CloudPreparation.External(
                physicalNetwork: external.physicalNetwork, subnet: subnet,
                gateway: external.gateway ?? subnet.firstHost, pool: external.pool(of: subnet))
        }
        let parts = try await CloudPreparation(cloud: cloud, external: network).run(disk: disk)
        var features = try await cloud.features()
        features.hasConsoles = survey.desired.members.contains { $0.service == "nova-novncproxy" }
        features.resizesInPlace = try survey.resizesInPlace()
        let credentials = try Credentials(survey)
        let login = credentials.login
        let authorityFile = try authorityFile()
        let configuration = TempestConfiguration(
            login: .init(
                url: login.publicURL, user: login.user, password: login.password, project: login.project,
                region: login.region, authorityFile: authorityFile),
            features: features, parts: parts, folder: SuiteContainer.folder, imageURL: url)
        let authority = authorityFile == nil ? nil : credentials.authority
        try await suite.configure(configuration.text, authority: authority, disk: disk)
        return parts
    }

    /// Removes what was made for the tests, then what the tests left, and returns the latter.
    private func cleanUp(
        _ cloud: TestedCloud, parts: CloudPreparation.Parts, since baseline: Value
    ) async throws -> [TestReport.Left] {
        let own = try await cloud.inventory().leftovers(since: baseline).filter { parts.has($0) }
        let stuck = try await cloud.remove(own, within: Self.patience)
        let left = try await cloud.awaitLeftovers(since: baseline, within: Self.patience)
        let failures = try await cloud.remove(left, within: Self.patience)
        if failures.isEmpty, stuck.isEmpty { try record.forgetBaseline() }
        return left.map { object in
            TestReport.Left(object: object, reason: failures.first { $0.object == object }?.reason)
        }
    }

    private func write(_ report: TestReport, to folder: String) throws {
        try withGivenFiles {
            try Files.makeDirectory(folder)
            try Files.write(report.html, to: "\(folder)/report.html")
            try Files.write(report.junit, to: "\(folder)/junit.xml")
            try Files.write(JSON.text(report.value, indented: true) + "\n", to: "\(folder)/report.json")
        }
    }
}
