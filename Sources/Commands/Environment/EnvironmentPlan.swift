import Clouds
import CommandLine
import Model
import Planning
import System

extension CommandDefinition {
    static let plan = CommandDefinition(
        "plan",
        summary: "Show what `up` would do, and do nothing",
        discussion: """
            One line a step, with its reason, the interruption that users notice, and its losses. The exit status is 0 \
            where there is nothing to do and 3 where there is something.

            A plan saved with --json is carried out by `up --plan FILE`.
            """,
        examples: [
            ("minke plan -e environments/identity.yaml", "what is to be done"),
            ("minke plan --json > plan.json && minke up --plan plan.json", "do exactly what was shown"),
        ],
        options: [
            .flag(
                "verify",
                summary: "look closer, and plan to probe, grant and register everything again")
        ]
    ) { arguments in
        let session = try Session(arguments)
        try await session.checkOwner()
        let survey = try await session.survey()
        let plan = try await survey.plan(verify: arguments.flag("verify"))
        if !plan.isEmpty { try? session.state.forgetNothingToDo() }
        arguments.show(PlanReport(plan: plan, basis: survey.basis))
        return plan.isEmpty ? .done : .changes
    }
}

/// A plan as it is printed.
struct PlanReport: Report {
    let plan: Plan
    let value: Value

    init(plan: Plan, basis: StepBasis) {
        self.plan = plan
        value = plan.value(basis: basis.text)
    }

    func text(_ style: Style) -> String {
        var lines = plan.steps.map { step in
            style.paint(step.line, step.isDestructive ? .red : step.interrupts != nil ? .yellow : nil)
        }
        lines += plan.notes.map { "note: \($0)" }
        lines += plan.missing.map { style.paint("missing \($0)", .yellow) }
        if plan.isEmpty { lines.append(plan.missing.isEmpty ? "nothing to do" : "nothing to do on this host") }
        return lines.joined(separator: "\n")
    }
}
