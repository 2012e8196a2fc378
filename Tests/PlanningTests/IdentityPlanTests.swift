import Model
import Recipes
import TestEnvironments
import Testing

@testable import Planning

@Suite struct IdentityPlanTests {
    @Test func aFirstPlanOrdersWhatWaitsForEachOther() throws {
        let plan = try ResolvedEnvironment().plan()
        let titles = plan.steps.map(\.title)
        func comes(_ first: String, before second: String) -> Bool {
            guard let one = titles.firstIndex(of: first), let other = titles.firstIndex(of: second) else {
                return false
            }
            return one < other
        }
        #expect(titles.first == "create network minke-identity")
        #expect(comes("create mariadb1", before: "grant database to keystone"))
        #expect(comes("grant database to keystone", before: "run keystone/db-sync"))
        #expect(comes("run keystone/db-sync", before: "run keystone/bootstrap"))
        #expect(comes("run keystone/bootstrap", before: "create keystone1"))
        #expect(comes("create keystone2", before: "register keystone"))
        #expect(comes("register keystone", before: "register glance-api"))
        #expect(comes("run glance-api/db-sync", before: "create glance-api1"))
        for (number, step) in plan.steps.enumerated() {
            #expect(step.after.allSatisfy { $0 < number })
        }
    }

    @Test func nothingIsPlannedWhereEverythingRuns() throws {
        let identity = try ResolvedEnvironment()
        #expect(try identity.plan(try identity.running, records: identity.done).steps.map(\.line) == [])
    }

    @Test func noSecretIsInSpecificationsOrPlans() throws {
        let identity = try ResolvedEnvironment()
        let plan = try identity.plan()
        let basis = StepBasis(desired: identity.desired, observed: Observation(here: "local"), records: [:])
        var texts = [JSON.text(plan.value(basis: basis.text))]
        for member in identity.desired.members {
            texts.append(JSON.text(.map(member.specification.parts)))
            texts.append("\(member.specification) \(member.labels)")
        }
        texts += identity.desired.jobs.map { "\($0.specification)" }
        texts += identity.desired.grants.map { "\($0.exec)" }
        #expect(!identity.secrets.isEmpty)
        #expect(texts.allSatisfy { !$0.contains("SECRET") })
    }

    @Test func aSettingTouchesOnlyWhatReadsIt() throws {
        let before = try ResolvedEnvironment()
        let after = try ResolvedEnvironment { environment in
            let place = Place(file: "test", line: 1, column: 1)
            guard let index = environment.services.firstIndex(where: { $0.name == "keystone" }) else { return }
            environment.services[index].settings.append(.init(name: "debug", value: true, place: place))
        }
        #expect(
            try after.plan(try before.running, records: before.done).steps.map(\.line) == [
                "reload keystone1: keystone.conf [DEFAULT] debug False -> True",
                "reload keystone2: keystone.conf [DEFAULT] debug False -> True",
            ])
    }

    @Test func savedPlansReadBack() throws {
        let identity = try ResolvedEnvironment()
        let plan = try identity.plan()
        let basis = StepBasis(desired: identity.desired, observed: Observation(here: "local"), records: [:])
        let text = JSON.text(plan.value(basis: basis.text))
        let (read, bases) = try Plan.read(try JSON.parse(text))
        #expect(read.steps == plan.steps)
        #expect(bases == plan.steps.map { basis.text(of: $0) })
    }
}
