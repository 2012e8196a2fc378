import Model
import TestEnvironments
import Testing

@testable import Planning

/// The names of what steps wait for, by which a step could wait for another host's.
@Suite struct MilestoneTests {
    private struct Drafted {
        var planner: Planner
        var steps: [Milestone: Step] = [:]
        var order: [Step] = []

        init(_ resolved: ResolvedEnvironment, _ observed: Observation, _ records: [String: DoneRecord] = [:]) throws {
            planner = Planner(desired: resolved.desired, observed: observed, records: records) {
                try resolved.resolver.files(ofMember: $0)
            }
            try planner.draft()
            order = Plan(environment: "test", here: observed.here, steps: planner.ordered()).steps
            steps = Dictionary(order.map { ($0.milestone, $0) }, uniquingKeysWith: { first, _ in first })
        }

        /// The names that a draft waits for; one that no step reaches stands for those before it.
        func awaited(by draft: Planner.Draft) -> Set<Milestone> {
            let before = planner.milestonesBefore()
            var found = Set(draft.after + draft.order)
            var open = Array(found)
            while let milestone = open.popLast() {
                if steps[milestone] != nil { continue }
                for next in before[milestone] ?? [] where found.insert(next).inserted { open.append(next) }
            }
            return found
        }

        /// The keys of the names for which steps of other hosts wait.
        func check() throws -> Set<String> {
            #expect(steps.count == order.count, "two steps reach the same")
            #expect(Set(steps.keys.map(Planner.recordKey)).count == order.count, "two names have the same key")
            var across: Set<String> = []
            for draft in planner.drafts {
                let step = try #require(steps[draft.step.milestone])
                let awaited = awaited(by: draft)
                for other in step.after.map({ order[$0] }) {
                    #expect(awaited.contains(other.milestone), "\(step.title) waits for \(other.title)")
                    if other.host != step.host { across.insert(Planner.recordKey(other.milestone)) }
                }
            }
            return across
        }
    }

    /// An observation of two hosts on which everything runs, with what a test changes.
    private func running(
        _ resolved: ResolvedEnvironment, _ change: (inout Observation, inout HostObservation) -> Void
    ) throws -> Observation {
        var here = try resolved.running
        let hosts = Dictionary(
            resolved.desired.members.map { ($0.name, $0.identity.host) }, uniquingKeysWith: { first, _ in first })
        for index in here.containers.indices {
            here.containers[index].host = hosts[here.containers[index].member] ?? "local"
        }
        var there = HostObservation(host: "second")
        there.network = here.own.network
        change(&here, &there)
        here.hosts.append(there)
        return here
    }

    @Test(arguments: ["identity", "openstack", "openstack-2"])
    func everythingThatAFirstPlanWaitsForHasAName(environment: String) throws {
        let resolved = try ResolvedEnvironment(file: environment)
        #expect(try Drafted(resolved, Observation(here: "local")).check() == [])
    }

    @Test func aFirstPlanOfTwoHostsWaitsForNames() throws {
        let resolved = try ResolvedEnvironment.onTwoHosts()
        var observed = Observation(here: "local")
        observed.hosts.append(HostObservation(host: "second"))
        #expect(
            try Drafted(resolved, observed).check() == [
                "network/local/minke-identity", "network/second/minke-identity", "member/host-link-local",
                "grant/glance-api/database", "job/glance-api/db-sync",
            ])
    }

    @Test func aChangeOfTwoHostsWaitsForNames() throws {
        let resolved = try ResolvedEnvironment.onTwoHosts()
        let observed = try running(resolved) { here, there in
            for index in here.containers.indices
            where ["glance-api1", "glance-api2", "haproxy1"].contains(here.containers[index].member) {
                here.containers[index].digest = "another"
            }
            var orphan = ObservedContainer(id: "orphan", name: "identity-glance-api3", host: "second")
            orphan.service = "glance-api"
            orphan.member = "glance-api3"
            orphan.state = .running
            here.containers.append(orphan)
            there.furtherNetworks["minke-identity-old"] = here.own.network
        }
        let plan = try Drafted(resolved, observed, resolved.done)
        #expect(
            Set(plan.order.map(\.title)) == [
                "remove glance-api3 on second", "replace haproxy1", "replace glance-api1",
                "replace glance-api2 on second", "remove network minke-identity-old on second",
            ])
        // Turns, the front after removals, members after the front, and a network after all that may use it.
        #expect(try plan.check() == ["removal/orphan", "member/haproxy1", "member/glance-api1"])
    }
}
