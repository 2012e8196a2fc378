import Building
import Clouds
import CommandLine
import DockerEngine
import Model
import Recipes
import System

extension CommandDefinition {
    static let test = CommandDefinition(
        "test",
        summary: "Check recipes, and run their tests in containers of their images",
        discussion: """
            Static checks come first: shellcheck on every script, and rules against usual mistakes in recipes. Then \
            each recipe's own test/run starts containers of the image and talks to the service; images must be built. \
            A test that passed is not run again while its files, the images that it uses and the engine are the same. \
            Without an engine only the static checks run.
            """,
        examples: [
            ("minke test", "everything"), ("minke test keystone", "one recipe"),
            ("minke test --static", "only the checks that need no engine"),
            ("minke test keystone --no-cache", "also where it passed before"),
        ],
        options: OptionDefinition.imageSelection + [
            .imageJobs, .resultLines, .flag("static", summary: "only static checks"),
            .flag("no-static", summary: "no static checks"),
            .flag("no-cache", summary: "run also tests that passed and have not changed since"),
        ],
        arguments: [.recipes]
    ) { arguments in
        let selection = try ImageSelection(arguments)
        let isStatic = arguments.flag("static")
        if isStatic, arguments.flag("no-static") {
            throw Problems("--static and --no-static leave nothing to do", remedy: "give one of them")
        }
        if !isStatic { try HostProgram.docker.require() }
        let findings = arguments.flag("no-static") ? nil : try await staticFindings(selection, arguments)
        for finding in findings ?? [] { printError("\(finding)") }
        let engine = try Engine()
        var isReached = false
        if !isStatic {
            do {
                _ = try await engine.ping()
                isReached = true
            } catch _ where findings != nil {
                printError("no engine answers: only static checks ran")
            }
        }
        let isTerse = arguments.flag("result-lines")
        var results: [RecipeTestResult] = []
        if isReached {
            results = try await RecipeTests(
                engine: engine, selection: selection, catalog: try arguments.findCatalog(),
                runsAll: arguments.flag("no-cache"),
                display: isTerse ? nil : StepDisplay(.errors, tellsAfter: .zero)
            ).run(jobs: arguments.int("jobs") ?? 2)
        }
        let report = RecipeTestReport(findings: findings, results: results, isTerse: isTerse)
        arguments.show(report)
        return report.isSuccess ? .done : .failed
    }

    /// The findings of static checks in the chosen recipes; where none is named, in the whole catalogue.
    private static func staticFindings(
        _ selection: ImageSelection, _ arguments: ParsedArguments
    ) async throws -> [Finding] {
        try HostProgram.shellcheck.require()
        return try await Lint.findings(
            catalog: try arguments.findCatalog(),
            recipes: arguments.list("recipe").isEmpty ? nil : selection.images.map(\.name),
            parallel: arguments.int("jobs") ?? 2)
    }
}

/// The result of one recipe's test.
struct RecipeTestResult: Sendable {
    enum Outcome: Sendable, Equatable {
        /// Passed; `isKept` where that was in an earlier run, and nothing that the test depends on has changed since.
        case passed(seconds: Double, isKept: Bool)
        case failed(String)
        /// The recipe has no test/run.
        case absent
    }

    let recipe: String
    let reference: String
    let outcome: Outcome
}

/// The results of `test`.
struct RecipeTestReport: Report {
    /// The findings of static checks; nil where none were made.
    let findings: [Finding]?
    let results: [RecipeTestResult]
    let isTerse: Bool

    var isSuccess: Bool {
        findings?.isEmpty != false
            && results.allSatisfy { result in
                if case .failed = result.outcome { return false }
                return true
            }
    }

    var value: Value {
        [
            "findings": .list((findings ?? []).map { .string($0.description) }),
            "tests": .list(
                results.map { result in
                    switch result.outcome {
                    case .passed(let seconds, let isKept):
                        [
                            "recipe": .string(result.recipe), "outcome": "passed", "seconds": .double(seconds),
                            "kept": .bool(isKept),
                        ]
                    case .failed(let text):
                        ["recipe": .string(result.recipe), "outcome": "failed", "output": .string(text)]
                    case .absent: ["recipe": .string(result.recipe), "outcome": "absent"]
                    }
                }),
        ]
    }

    func text(_ style: Style) -> String {
        var lines: [String] = []
        for result in results {
            switch result.outcome {
            case .passed(let seconds, let isKept):
                let time = isKept ? "unchanged since it passed" : Duration.seconds(seconds).words()
                lines.append(
                    isTerse
                        ? resultLine(.passed, result.reference)
                        : "\(style.paint("passed", .green)) \(result.recipe) (\(time))")
            case .absent:
                lines.append(
                    isTerse ? resultLine(.notTested, result.reference) : "no test \(result.recipe)")
            case .failed(let text):
                lines.append("\(style.paint("failed", .red)) \(result.recipe)\n\(text)")
            }
        }
        if !isTerse, let findings {
            lines.append(findings.isEmpty ? "static checks found nothing" : "static checks found \(findings.count)")
        }
        return lines.joined(separator: "\n")
    }
}
