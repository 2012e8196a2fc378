import Model
import Recipes
import Testing

@testable import Planning
@testable import Resolving

/// The catalogue and an environment of this repository, resolved without an engine.
struct ResolvedIdentity {
    static let repository = String(#filePath.split(separator: "/").dropLast(3).joined(separator: "/"))

    let resolver: Resolver
    let desired: DesiredState
    let secrets: [String: String]

    /// `file` is one of `environments`.
    init(file: String = "identity", _ change: (inout Environment) -> Void = { _ in }) throws {
        let root = "/" + Self.repository
        var environment = try Environment.load(file: root + "/environments/\(file).yaml")
        change(&environment)
        let catalog = try Catalog.load(folder: root + "/catalog", recipes: environment.services.map(\.name))
        let layout = try Layout(environment: environment, catalog: catalog, kept: [:])
        var secrets: [String: String] = [:]
        var images: [String: ObservedImage] = [:]
        for service in layout.services {
            for secret in service.recipe.secrets {
                let key = Resolver.secretKey(secret, service: service.name)
                secrets[key] = "SECRET-\(key)-SECRET"
            }
            images[service.image] = ObservedImage(id: service.image, identity: service.name, recipe: service.name)
        }
        self.secrets = secrets
        resolver = Resolver(
            layout: layout, secrets: secrets, images: images,
            certificates: .init(authority: { "AUTHORITY" }) { "CERTIFICATE of \($0.joined(separator: " "))" })
        desired = try resolver.desiredState()
    }

    /// The identity environment with what a test adds to the file's services.
    static func notes(ofServices services: String) throws -> [String] {
        let environment = try Environment.parse(text: "services: {\(services)}\n", file: "e.yaml")
        let catalog = try Catalog.load(
            folder: "/" + repository + "/catalog", recipes: environment.services.map(\.name))
        return try Layout(environment: environment, catalog: catalog, kept: [:]).notes
    }

    func plan(_ observed: Observation = Observation(here: "local"), records: [String: DoneRecord] = [:]) throws -> Plan
    {
        try Planner(desired: desired, observed: observed, records: records) {
            try resolver.files(ofMember: $0)
        }.plan()
    }

    /// What the engine shows once everything runs.
    var running: Observation {
        get throws {
            var observed = Observation(here: "local")
            observed.own.volumes = [:]
            for member in desired.members {
                var manifest = Manifest(files: [:], entries: [:], parts: member.specification.parts)
                for file in try resolver.files(ofMember: member.name) {
                    manifest.files[file.path] = file.digest.digest
                    if !file.entries.isEmpty { manifest.entries[file.path] = file.manifestEntries }
                }
                observed.containers.append(
                    ObservedContainer(running: member, environment: "identity", manifest: manifest))
            }
            observed.own.network = ObservedNetwork(id: "n", subnet: "", gateway: "", isOurs: true)
            return observed
        }
    }

    /// That everything was done, as the store has it.
    var done: [String: DoneRecord] {
        var records: [String: DoneRecord] = [:]
        for member in desired.members {
            records[Planner.recordKey(.member(member.name))] = DoneRecord(inputs: "id-\(member.name)", anchor: nil)
        }
        for job in desired.jobs {
            records["job/\(job.service)/\(job.name)"] = DoneRecord(inputs: job.inputs, anchor: nil)
        }
        for grant in desired.grants {
            records["grant/\(grant.service)/\(grant.requirement)"] = DoneRecord(inputs: grant.inputs, anchor: nil)
        }
        for registration in desired.registrations {
            records["registration/\(registration.service)"] = DoneRecord(inputs: registration.inputs, anchor: nil)
        }
        return records
    }
}

@Suite struct IdentityPlanTests {
    @Test func tellsWhatBecameOfServicesThatAreNoMore() throws {
        #expect(
            try ResolvedIdentity.notes(ofServices: "memcached: 1, glance-registry: 1, nova-consoleauth: {}") == [
                "glance-registry is no more: Glance's API has read the database itself since the Stein release",
                "nova-consoleauth is no more: Nova keeps the tokens of consoles in its database since the Train release",
            ])
        #expect(try ResolvedIdentity.notes(ofServices: "memcached: 1") == [])
    }

    @Test func aFirstPlanOrdersWhatWaitsForEachOther() throws {
        let plan = try ResolvedIdentity().plan()
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
        let identity = try ResolvedIdentity()
        #expect(try identity.plan(try identity.running, records: identity.done).steps.map(\.line) == [])
    }

    @Test func noSecretIsInSpecificationsOrPlans() throws {
        let identity = try ResolvedIdentity()
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
        let before = try ResolvedIdentity()
        let after = try ResolvedIdentity { environment in
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
        let identity = try ResolvedIdentity()
        let plan = try identity.plan()
        let basis = StepBasis(desired: identity.desired, observed: Observation(here: "local"), records: [:])
        let text = JSON.text(plan.value(basis: basis.text))
        let (read, bases) = try Plan.read(try JSON.parse(text))
        #expect(read.steps == plan.steps)
        #expect(bases == plan.steps.map { basis.text(of: $0) })
    }
}
