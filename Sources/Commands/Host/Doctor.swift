import Clouds
import CommandLine
import Model

extension CommandDefinition {
    static let doctor = CommandDefinition(
        "doctor",
        summary: "Show what this host lacks for building and running clouds, with remedies",
        discussion: "The exit status is 0 where nothing is lacking, and 1 where something is.",
        examples: [("minke doctor", "look at this host")]
    ) { arguments in
        let report = DoctorReport(findings: await HostFinding.examineHost(stateFolder: arguments.findState()))
        arguments.show(report)
        return report.isWell ? .done : .failed
    }
}

/// A report of all checks of a host.
struct DoctorReport: Report {
    let findings: [HostFinding]

    var isWell: Bool { !findings.contains { $0.verdict == .lacking } }

    var value: Value {
        .list(
            findings.map { finding in
                [
                    "subject": .string(finding.subject), "verdict": .string(finding.verdict.rawValue),
                    "found": .string(finding.found), "remedy": finding.remedy.map(Value.string) ?? .null,
                ]
            })
    }

    func text(_ style: Style) -> String {
        var table = Table(["", "SUBJECT", "FOUND", "REMEDY"])
        for finding in findings {
            let mark: Table.Cell =
                switch finding.verdict {
                case .good: .init("good", .green)
                case .lacking: .init("lacking", .red)
                case .advice: .init("advice", .yellow)
                }
            table.add([mark, .init(finding.subject), .init(finding.found), .init(finding.remedy ?? "")])
        }
        return table.text(style)
    }
}
