import Model
import TestEnvironments
import Testing

@testable import Planning

/// The plan of an environment on two hosts.
@Suite struct HostPlanTests {
    private func observed(_ state: DesiredState, imagesThere: Bool = false) -> Observation {
        var here = Observation(here: "local")
        for member in state.members {
            let image = member.specification.image
            here.own.images[image] = ObservedImage(id: image, identity: member.service, recipe: member.service)
        }
        var there = HostObservation(host: "second")
        if imagesThere { there.images = here.own.images }
        here.hosts.append(there)
        return here
    }

    private func plan(_ state: DesiredState, _ observed: Observation) throws -> [Step] {
        try Planner(desired: state, observed: observed, records: [:], files: { _ in [] }).plan().steps
    }

    @Test func everyStepIsCarriedOutAtItsHost() throws {
        let state = try ResolvedEnvironment.onTwoHosts().desired
        let steps = try plan(state, observed(state))
        let there = steps.filter { $0.host == "second" }.map(\.line)
        #expect(
            there == [
                "create network minke-identity on second: missing",
                "have 2 images on second: this host has minke/glance-api:epoxy-latest, "
                    + "minke/host-link:epoxy-latest",
                "create host-link-second on second: missing", "create glance-api2 on second: missing",
            ])
        let glance = try #require(steps.first { $0.title == "create glance-api2 on second" })
        let before = Set(glance.after.map { steps[$0].title })
        #expect(before.isSuperset(of: ["create host-link-local", "create host-link-second on second"]))
        #expect(before.contains("have 2 images on second"))
        let keystone = try #require(steps.first { $0.title == "create keystone1" })
        #expect(!keystone.after.contains { steps[$0].host == "second" && steps[$0].title.contains("host-link") })
    }

    @Test func imagesThatAreThereAreNotCopied() throws {
        let state = try ResolvedEnvironment.onTwoHosts().desired
        let steps = try plan(state, observed(state, imagesThere: true))
        #expect(!steps.contains { $0.title.contains("image") })
    }

    @Test func membersDoNotMoveToAnotherHost() throws {
        let state = try ResolvedEnvironment.onTwoHosts().desired
        var observed = observed(state)
        let glance = try #require(state.members.first { $0.name == "glance-api1" })
        var container = ObservedContainer(
            running: glance, environment: "identity", manifest: Manifest(files: [:], entries: [:], parts: ValueMap()))
        container.host = "second"
        observed.containers = [container]
        #expect {
            try plan(state, observed)
        } throws: { error in
            "\(error)"
                == "glance-api1 is on host second, and is to be on local; "
                + "leave it out of the file for one `up`, which removes it there; its volumes stay there"
        }
    }

    @Test func aPlanThatSpansHostsIsReadAsItWasSaved() throws {
        let state = try ResolvedEnvironment.onTwoHosts().desired
        let observed = observed(state)
        let basis = StepBasis(desired: state, observed: observed, records: [:])
        let plan = try Planner(desired: state, observed: observed, records: [:], files: { _ in [] }).plan()
        let value = plan.value { basis.text(of: $0) }
        #expect(try Plan.read(value).plan.steps == plan.steps)
    }
}
