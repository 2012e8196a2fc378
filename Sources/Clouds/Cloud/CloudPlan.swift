import Model
import Planning

/// A plan with the basis of each of its steps: the facts that it rests on.
public struct CloudPlan: Sendable {
    /// The plan, whose steps may be carried out only while their bases are the same.
    public let plan: Plan
    package let bases: [String]

    package init(plan: Plan, bases: [String]) {
        self.plan = plan
        self.bases = bases
    }

    /// A plan that was made from a survey.
    package init(_ plan: Plan, of survey: Survey) {
        let basis = survey.basis
        self.init(plan: plan, bases: plan.steps.map(basis.text))
    }

    /// The plan; throws `Problems` where anything that a step rests on has changed.
    package func plan(fitting survey: Survey) throws -> Plan {
        let basis = survey.basis
        var problems: [Problem] = []
        for (step, saved) in zip(plan.steps, bases) where basis.text(of: step) != saved {
            problems.append(Problem("\(step.title): the state that it rests on has changed since the plan was made"))
        }
        if !problems.isEmpty {
            problems[problems.count - 1].remedy = "make a new plan; nothing was done"
            throw Problems(problems)
        }
        return plan
    }
}
