import Model
import Testing

/// Plans that are put together step by step.
@Suite struct PlanTests {
    @Test func stepsWaitForEarlierOnesByWhatTheseReach() {
        var plan = Plan(environment: "e", here: "local")
        for container in ["1", "2"] {
            plan.append(Step(.stop(member: "a", container: container), reason: "asked for", host: "local"), after: [])
        }
        let reached: [Milestone] = [.stop(container: "2"), .stop(container: "1"), .stop(container: "2")]
        // A milestone that no step reaches is not waited for.
        plan.append(
            Step(.remove(member: "a", container: "1"), reason: "asked for", host: "far"),
            after: reached + [.member("b")])
        #expect(plan.steps.map(\.after) == [[], [], [0, 1]])
        #expect(plan.steps.map(\.isElsewhere) == [false, false, true])
    }
}
