import Clouds
import CommandLine
import Verifying

extension CommandDefinition {
    static let verify = CommandDefinition(
        "verify",
        summary: "Measure the running cloud by OpenStack's own tests and the lists that certificates ask for",
        discussion: """
            Lists are files of the catalogue, conformance/NAME.yaml: those of the OpenInfra Foundation's guidelines \
            and the Sovereign Cloud Stack's standard, `api`, `scenario`, `smoke`, and `quick`, which is run where none \
            is named. A name of a test, or of a class, module or package of tests, stands for all in it.

            The tests run in a container of the catalogue's image `tempest` on this host's network, and use the cloud as \
            its users do. Objects that they need are made first and removed in the end; objects that they leave in the \
            cloud are reported and removed. A run that was stopped goes on with --continue; without, the next one \
            begins anew. Either removes the objects that the stopped one left.

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
                summary: "how many classes of tests run at a time; without it, two for each processor, four at most"),
            .value("report", "FOLDER", .folder, summary: "write report.html, junit.xml and report.json there"),
        ],
        arguments: [.repeated("tests", summary: "a list, a test, a class, a module or a package of tests")]
    ) { arguments in
        let survey = try await Session(arguments).survey()
        return try await survey.session.state.lock(part: "verify", for: arguments.command).whileHeld {
            let display = StepDisplay(.errors)
            defer { display.close() }
            let run = try VerifyRun(
                survey, catalog: arguments.findCatalog(),
                folder: StateFolder.verify(of: survey.desired.environment, in: arguments.findState()),
                progress: ShownProgress(display: display))
            let goesOn = arguments.flag("continue")
            if arguments.flag("list") {
                let selection = try await run.select(arguments.list("tests"), goesOn: goesOn)
                arguments.show(VerifySelectionReport(selection: selection))
                return .done
            }
            let report = try await run.run(arguments.list("tests"), goesOn: goesOn, jobs: arguments.int("jobs"))
            display.close()
            if let folder = arguments.string("report") { try report.write(to: folder) }
            arguments.show(VerifyReport(report: report))
            return report.isGood ? .done : .failed
        }
    }
}
