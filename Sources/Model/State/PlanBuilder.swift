/// A plan in the making, whose steps name those that they wait for by their milestones.
public struct PlanBuilder: Sendable {
    /// The plan of the steps so far.
    public private(set) var plan: Plan

    /// The numbers of the steps, by the milestones that they reach.
    private var numbers: [Milestone: Int] = [:]

    /// Creates a plan without steps for an environment.
    ///
    /// - Parameter here: the host that the plan is made on.
    public init(environment: String, here: String) {
        plan = Plan(environment: environment, here: here)
    }

    /// Adds a step, which waits for the earlier steps that reach the given milestones.
    public mutating func append(_ step: Step, after milestones: [Milestone]) {
        var step = step
        step.after = Set(milestones.compactMap { numbers[$0] }).sorted()
        numbers[step.milestone] = plan.steps.count
        plan.append(step)
    }

    /// Adds the last steps, each of which waits for all steps before them.
    public mutating func append(last steps: [Step]) {
        let earlier = Array(plan.steps.indices)
        for var step in steps {
            step.after = earlier
            plan.append(step)
        }
    }
}
