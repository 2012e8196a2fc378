import CommandLine
import Conformance
import Model

/// The results of a run of tests, as the command shows them.
struct VerifyReport: Report {
    let report: TestReport

    var value: Value { report.value }

    func text(_ style: Style) -> String {
        var lines: [String] = []
        let skips = report.skipReasons
        if !skips.isEmpty {
            lines.append(style.paint("Skipped", .bold))
            lines += skips.map { "  \(counted($0.count, "test")): \($0.reason)" }
        }
        let failed = report.results(.failed)
        if !failed.isEmpty { lines.append(style.paint("Failed", .bold)) }
        for result in failed {
            lines.append(style.paint("  \(result.test.name): \(result.shortReason)", .red))
            lines += (report.logs[result.test.text] ?? []).suffix(5).map { "    \($0.member) | \($0.text)" }
        }
        if !report.unknown.isEmpty {
            lines.append(style.paint("In the lists, and not in this release's suite", .bold))
            lines += report.unknown.map { "  \($0)" }
        }
        if !report.leftovers.isEmpty {
            lines.append(style.paint("Left in the cloud by tests", .bold))
            lines += report.leftovers.map { "  \($0.object.words): \($0.reason ?? "removed")" }
        }
        let counts = TestResult.Status.allCases.map { "\(report.results($0).count) \($0.rawValue)" }
        lines.append(
            style.paint(
                "\(counts.joined(separator: ", ")), \(report.missing.count) not run, "
                    + "\(report.leftovers.isEmpty ? "nothing" : counted(report.leftovers.count, "object")) left "
                    + "(\(Duration.seconds(report.seconds).words()))",
                report.isGood ? .green : .red))
        return lines.joined(separator: "\n")
    }
}

/// A report of the tests that would run.
struct VerifySelectionReport: Report {
    let selection: TestSelection

    var value: Value {
        [
            "tests": .list(
                selection.tests.map { ["name": .string($0.name), "id": $0.id.map(Value.string) ?? .null] }),
            "excepted": .list(
                selection.excepted.map { ["name": .string($0.test.name), "reason": .string($0.reason)] }),
            "unknown": .list(selection.unknown.map(Value.string)),
        ]
    }

    func text(_ style: Style) -> String {
        let tests = selection.tests.map { test in test.name + (test.id.map { "  " + style.paint($0, .dim) } ?? "") }
        let excepted = selection.excepted.map { style.paint("\($0.test.name) is \($0.reason)", .yellow) }
        let unknown = selection.unknown.map {
            style.paint("\($0) is in the lists, and not in this release's suite", .yellow)
        }
        return (tests + excepted + unknown + [counted(tests.count, "test")]).joined(separator: "\n")
    }
}
