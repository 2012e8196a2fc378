import Clouds
import CommandLine
import Model
import Planning
import System

extension CommandDefinition {
    static let up = CommandDefinition(
        "up",
        summary: "Make the cloud run as the environment file says",
        discussion: """
            Reads the engine once, plans, and carries the plan out; where nothing differs it does nothing. It can be \
            interrupted at any point and run again. Steps that lose something are shown first, and need consent.
            """,
        examples: [
            ("minke up -e environments/identity.yaml", "bring a cloud up, or up to date with its file"),
            ("minke up --plan plan.json", "carry out exactly a saved plan, or nothing where it does not fit any more"),
            ("minke up --trace up.json", "see in https://ui.perfetto.dev where the time went"),
            ("minke up --verify", "probe, grant and register everything again, and undo changes by hand"),
        ],
        options: [
            .value("plan", "FILE", .file, summary: "carry out this saved plan"),
            .value("trace", "FILE", .file, summary: "write how long each step took, for Perfetto or chrome://tracing"),
            .value("jobs", short: "j", "N", .integer(1...64), default: "6", summary: "how many steps run together"),
            .flag(
                "take-over",
                summary: "take the environment over from a state folder that is no longer used"),
            .flag(
                "verify",
                summary: "look closer, and probe, grant and register everything again"),
        ],
        isResumable: true
    ) { arguments in
        if arguments.string("plan") == nil, !arguments.flag("verify"), !arguments.flag("take-over"),
            let plan = await NothingToDo.plan(arguments.places, for: arguments.command)
        {
            try arguments.showNothingToDo(plan)
            return .done
        }
        let saved = try arguments.string("plan").map { try SavedPlan(file: $0) }
        let session = try await Session(arguments)
        return try await session.withLock(
            for: arguments.command, claiming: arguments.flag("take-over"), takingOver: true
        ) {
            try await bringUp(session, saved, arguments)
        }
    }

    private static func bringUp(
        _ session: Session, _ saved: SavedPlan?, _ arguments: ParsedArguments
    ) async throws -> ExitCode {
        let pulls = arguments.wantsJSON ? nil : StepDisplay(.errors)
        defer { pulls?.close() }
        let change = try await session.prepareChange(
            saved: saved, verifying: arguments.flag("verify"), progress: ShownProgress(display: pulls))
        pulls?.close()
        let plan = change.plan
        if plan.isEmpty {
            try await change.keepNothingToDo(at: arguments.places)
            try arguments.showNothingToDo(plan, notRunning: try await change.notRunning())
            return .done
        }
        plan.tellRemarks()
        if plan.isDestructive {
            for step in plan.steps where step.isDestructive { printError(step.line) }
            let isLoss = plan.steps.contains { $0.destroys != nil }
            try await arguments.confirm(isLoss ? "Go on and lose that?" : "Go on without that?")
        }
        // The environment is claimed only now that it is sure that something is to be done, and can be. Where it was
        // another state folder's, the plan goes on where that one's work ended.
        try await session.claim(takingOver: false)
        let clock = ContinuousClock()
        let start = clock.now
        try await arguments.showSteps(plan.steps.count) { reporter in
            try await change.carryOut(
                reporter: reporter, width: Int(arguments.required("jobs")) ?? 6, traceFile: arguments.string("trace"))
        }
        let seconds = (clock.now - start).seconds
        arguments.show(UpReport(plan: plan, seconds: seconds, notRunning: try await change.notRunning()))
        return .done
    }
}

extension ParsedArguments {
    fileprivate func showNothingToDo(_ plan: Plan, notRunning: [String] = []) throws {
        plan.tellRemarks()
        // A trace of this run is written too, without a step.
        if let file = string("trace") {
            try withGivenFiles { try TraceReporter(environment: plan.environment).write(to: file) }
        }
        show(UpReport(plan: plan, seconds: 0, notRunning: notRunning))
    }
}

extension Plan {
    /// Prints the plan's notes and missing parts.
    fileprivate func tellRemarks() {
        for line in notes { printError("note: \(line)") }
        for line in missing { printError("missing \(line)") }
    }
}

/// The result of `up`.
struct UpReport: Report {
    let plan: Plan
    let seconds: Double
    /// The members that do not run because the saved plan left them out.
    var notRunning: [String] = []

    var value: Value {
        [
            "environment": .string(plan.environment), "steps": .int(plan.steps.count), "seconds": .double(seconds),
            "not-running": .list(notRunning.map(Value.string)),
        ]
    }

    func text(_ style: Style) -> String {
        let count = counted(plan.steps.count, "step")
        let time = Duration.seconds(seconds).words()
        if !notRunning.isEmpty {
            let done = plan.isEmpty ? "the plan has no steps" : "the plan's \(count) done in \(time)"
            return style.paint(
                "\(done); not running in \(plan.environment): \(notRunning.joined(separator: ", ")); "
                    + "`minke up` without a plan starts them", .yellow)
        }
        if plan.isEmpty { return "\(plan.environment) is as its file says: nothing to do" }
        return style.paint("\(plan.environment) is up: \(count) in \(time)", .green)
    }
}
