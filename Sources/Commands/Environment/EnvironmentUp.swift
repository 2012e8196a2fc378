import Applying
import Model
import Planning
import System

extension CommandDefinition {
    static let up = CommandDefinition(
        "up",
        summary: "Make what runs as the environment file says",
        discussion: """
            Reads the engine once, plans, and carries the plan out; where nothing differs it does nothing. It can be \
            interrupted at any point and run again. Steps that lose something are shown and asked for first.
            """,
        examples: [
            ("minke up -e environments/identity.yaml", "bring a cloud up, or what changed of it up to date"),
            ("minke up --plan plan.json", "carry out exactly a saved plan, or nothing where it does not fit any more"),
            ("minke up --trace up.json", "see in https://ui.perfetto.dev where the time went"),
            ("minke up --verify", "probe, grant and register everything again, and put right what was changed by hand"),
        ],
        options: [
            .value("plan", "FILE", .file, summary: "carry out this saved plan"),
            .value("trace", "FILE", .file, summary: "write how long each step took, for Perfetto or chrome://tracing"),
            .value("jobs", short: "j", "N", .integer(1...64), default: "6", summary: "how many steps run together"),
            .flag(
                "verify",
                summary: "look closer, and probe, grant and register everything again"),
        ]
    ) { arguments in
        if arguments.string("plan") == nil, !arguments.flag("verify"),
            let plan = await NothingToDo.plan(arguments)
        {
            arguments.showNothingToDo(plan)
            return .done
        }
        let session = try Session(arguments)
        let lock = try await session.lock(for: arguments.command)
        defer { lock.release() }
        var survey = try await session.survey()
        if try await session.pullMissingImages(survey, arguments) { survey = try await session.survey() }
        let fresh = try await survey.plan(verify: arguments.flag("verify"))
        let plan = try arguments.string("plan").map { try savedPlan($0, survey: survey) } ?? fresh
        if plan.isEmpty {
            try survey.remember()
            arguments.showNothingToDo(plan)
            survey.rememberNothingToDo(arguments)
            return .done
        }
        plan.tellRemarks()
        if plan.isDestructive {
            for step in plan.steps where step.destroys != nil { printError(step.line) }
            try await arguments.confirm("Go on and lose that?")
        }
        let display = StepProgress(arguments, steps: plan.steps.count)
        defer { display.close() }
        let clock = ContinuousClock()
        let start = clock.now
        let width = Int(arguments.required("jobs")) ?? 6
        if let file = arguments.string("trace") {
            let trace = TraceReporter(display, environment: plan.environment)
            do {
                try await survey.apply(plan, reporter: trace, width: width)
            } catch {
                // Where the time of a failed run went is told as well.
                try trace.write(to: file)
                throw error
            }
            try trace.write(to: file)
        } else {
            try await survey.apply(plan, reporter: display, width: width)
        }
        arguments.show(UpReport(plan: plan, seconds: (clock.now - start).seconds))
        return .done
    }
}

extension ParsedArguments {
    fileprivate func showNothingToDo(_ plan: Plan) {
        plan.tellRemarks()
        show(UpReport(plan: plan, seconds: 0))
    }
}

extension Plan {
    /// What there is to say beside the steps.
    fileprivate func tellRemarks() {
        for line in notes { printError("note: \(line)") }
        for line in missing { printError("missing \(line)") }
    }
}

/// Reads a saved plan and refuses it when anything that a step rests on is not as it was.
private func savedPlan(_ file: String, survey: Survey) throws -> Plan {
    let (plan, bases) = try readPlan(file)
    guard plan.environment == survey.desired.environment else {
        throw Problems("\(file) is a plan of environment \(plan.environment), not \(survey.desired.environment)")
    }
    let basis = survey.basis
    var problems: [Problem] = []
    for (step, saved) in zip(plan.steps, bases) where basis.text(of: step) != saved {
        problems.append(Problem("\(step.title): what it rests on has changed since the plan was made"))
    }
    if !problems.isEmpty {
        problems[problems.count - 1].remedy = "make a new plan; nothing was done"
        throw Problems(problems)
    }
    return plan
}

func readPlan(_ file: String) throws -> (plan: Plan, bases: [String]) {
    let bytes = try Files.read(file)
    do {
        return try Plan.read(try JSON.parse(bytes))
    } catch let problems as Problems where problems.all.count == 1 {
        throw Problems("\(file): \(problems.all[0].message)", remedy: problems.all[0].remedy)
    } catch {
        throw Problems(
            "\(file) is no plan that `minke plan --json` wrote: \(error)",
            remedy: "save one with `minke plan --json > plan.json`")
    }
}

/// What `up` did.
struct UpReport: Report {
    let plan: Plan
    let seconds: Double

    var value: Value {
        ["environment": .string(plan.environment), "steps": .int(plan.steps.count), "seconds": .double(seconds)]
    }

    func text(_ style: Style) -> String {
        if plan.isEmpty { return "\(plan.environment) is as its file says: nothing to do" }
        let count = counted(plan.steps.count, "step")
        return style.paint("\(plan.environment) is up: \(count) in \(formatSeconds(seconds))", .green)
    }
}

/// Seconds with one decimal, as `12.3 s`.
func formatSeconds(_ seconds: Double) -> String { "\(formatTenths(seconds)) s" }

/// A number that is not negative with one decimal, as `12.3`.
func formatTenths(_ number: Double) -> String {
    let tenths = Int((number * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
}
