import Model
import Testing

/// Plans that are put together step by step.
@Suite struct PlanBuilderTests {
    @Test func stepsWaitForEarlierOnesByWhatTheseReach() {
        var builder = PlanBuilder(environment: "e", here: "local")
        for container in ["1", "2"] {
            builder.append(
                Step(.stop(member: "a", container: container), reason: "asked for", host: "local"), after: [])
        }
        let reached: [Milestone] = [.stop(container: "2"), .stop(container: "1"), .stop(container: "2")]
        // A milestone that no step reaches is not waited for.
        builder.append(
            Step(.remove(member: "a", container: "1"), reason: "asked for", host: "far"),
            after: reached + [.member("b")])
        builder.append(last: ["1", "2"].map { Step(.removeVolume(name: $0), reason: "asked for", host: "local") })
        #expect(builder.plan.steps.map(\.after) == [[], [], [0, 1], [0, 1, 2], [0, 1, 2]])
        #expect(builder.plan.steps.map(\.isElsewhere) == [false, false, true, false, false])
    }
}
