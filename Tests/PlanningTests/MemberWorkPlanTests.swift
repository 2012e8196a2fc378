import Model
import TestEnvironments
import Testing

@testable import Planning

/// Plans with jobs and grants of which each member has its own.
@Suite struct MemberWorkPlanTests {
    /// An engine on which the members of an environment run, with these volumes.
    private func running(_ disks: DiskEnvironment, _ volumes: [String: String]) throws -> Observation {
        var observed = Observation(here: "local")
        observed.own.network = ObservedNetwork(
            id: "n", subnet: "198.18.0.0/24", gateway: "198.18.0.1", isOurs: true)
        observed.own.volumes = Dictionary(
            uniqueKeysWithValues: volumes.map { ($0.key, ObservedVolume(name: $0.key, created: $0.value)) })
        for member in disks.desired.members {
            var manifest = Manifest(files: [:], entries: [:], parts: member.specification.parts)
            for file in member.files { manifest.files[file.path] = file.digest }
            var container = ObservedContainer(running: member, environment: "lab", manifest: manifest)
            container.volumes = member.specification.mounts.map(\.volume)
            observed.containers.append(container)
        }
        return observed
    }

    /// The records of the store once everything was done with these volumes.
    private func done(_ disks: DiskEnvironment, _ volumes: [String: String]) -> [String: DoneRecord] {
        var records: [String: DoneRecord] = [:]
        for member in disks.desired.members {
            records[Planner.recordKey(.member(member.name))] = DoneRecord(inputs: "id-\(member.name)", anchor: nil)
        }
        for job in disks.desired.jobs {
            records[Planner.recordKey(job.milestone)] = DoneRecord(
                inputs: job.inputs, anchor: job.anchor.flatMap { volumes[$0] })
        }
        for grant in disks.desired.grants {
            records[Planner.recordKey(grant.milestone)] = DoneRecord(
                inputs: grant.inputs, anchor: grant.anchor.flatMap { volumes[$0] })
        }
        return records
    }

    private func plan(
        _ disks: DiskEnvironment, _ observed: Observation, _ records: [String: DoneRecord]
    ) throws -> Plan {
        try Planner(desired: disks.desired, observed: observed, records: records) {
            try disks.resolver.files(ofMember: $0)
        }.plan()
    }

    private let volumes = ["lab-keeper1-data": "k", "lab-disk1-data": "d1", "lab-disk2-data": "d2"]

    @Test func aFirstPlanTellsEachMembersWorkAndItsOrder() throws {
        let plan = try plan(try DiskEnvironment(), Observation(here: "local"), [:])
        #expect(
            plan.steps.map(\.line) == [
                "create network minke-lab: missing", "create keeper1: missing",
                "grant keeper to disk1: not done yet", "grant keeper to disk2: not done yet",
                "run disk1/format: not done yet", "run disk2/format: not done yet", "run disk/tell: not done yet",
                "create disk1: missing", "run disk1/check: not done yet", "create disk2: missing",
                "run disk2/check: not done yet",
            ])
        func after(_ title: String) throws -> [String] {
            try #require(plan.steps.first { $0.title == title }).after.map { plan.steps[$0].title }
        }
        #expect(try after("run disk2/format") == ["create network minke-lab", "grant keeper to disk2"])
        #expect(
            try after("create disk2") == [
                "create network minke-lab", "grant keeper to disk2", "run disk2/format", "run disk/tell",
            ])
        #expect(try after("run disk2/check") == ["create network minke-lab", "run disk/tell", "create disk2"])
        #expect(try Plan.read(plan.value { _ in "" }).plan.steps == plan.steps)
    }

    @Test func whatWasDoneForAMemberIsKnown() throws {
        let two = try DiskEnvironment()
        let records = done(two, volumes)
        #expect(records["job/disk/format/disk2"]?.anchor == "d2" && records["grant/disk/keeper/disk1"]?.anchor == "k")
        #expect(try plan(two, running(two, volumes), records).isEmpty)
        // A third member is prepared alone.
        let three = try DiskEnvironment(disks: "3")
        let added = try plan(three, running(two, volumes), records)
        #expect(
            added.steps.map(\.line) == [
                "grant keeper to disk3: not done yet", "run disk3/format: not done yet", "create disk3: missing",
                "run disk3/check: not done yet",
            ])
    }

    @Test func aMemberThatWasRemovedComesBackToItsData() throws {
        let two = try DiskEnvironment()
        let one = try DiskEnvironment(disks: "1")
        let records = done(two, volumes)
        #expect(
            try plan(one, running(two, volumes), records).steps.map(\.line) == [
                "remove disk2: not in the environment [destroys container lab-disk2; its volumes stay]"
            ])
        #expect(try plan(two, running(one, volumes), records).steps.map(\.line) == ["create disk2: missing"])
        // Its volume was removed meanwhile.
        let without = volumes.filter { $0.key != "lab-disk2-data" }
        #expect(
            try plan(two, running(one, without), records).steps.map(\.line) == [
                "run disk2/format: volume lab-disk2-data is new", "create disk2: missing",
            ])
    }

    @Test func newDataIsThatOfItsMemberOrOfTheOther() throws {
        let two = try DiskEnvironment()
        let records = done(two, volumes)
        var new = volumes
        new["lab-disk1-data"] = "later"
        #expect(
            try plan(two, running(two, new), records).steps.map(\.line) == [
                "run disk1/format: volume lab-disk1-data is new"
            ])
        new = volumes
        new["lab-keeper1-data"] = "later"
        #expect(
            try plan(two, running(two, new), records).steps.map(\.line) == [
                "grant keeper to disk1: volume lab-keeper1-data is new",
                "grant keeper to disk2: volume lab-keeper1-data is new",
            ])
    }

    @Test func dataThatIsTakenOverIsNotPreparedAgain() throws {
        let two = try DiskEnvironment()
        let taken = try DiskEnvironment(disks: "{members: {disk1: {}, disk9: {data-of: disk2}}}")
        var records = done(two, volumes)
        let plan = try plan(taken, running(two, volumes), records)
        #expect(
            plan.steps.map(\.line) == [
                "grant keeper to disk9: not done yet",
                "remove disk2: not in the environment [destroys container lab-disk2; its volumes stay]",
                "create disk9: missing", "run disk9/check: not done yet",
            ])
        // Work on the data that was not done before waits for the end of the container that has it.
        records["job/disk/format/disk2"] = nil
        let late = try self.plan(taken, running(two, volumes), records)
        let format = try #require(late.steps.first { $0.title == "run disk9/format" })
        #expect(format.after.map { late.steps[$0].title } == ["grant keeper to disk9", "remove disk2"])
    }

    @Test func aStepRestsOnWhatWasDoneForItsMember() throws {
        let two = try DiskEnvironment()
        let step = Step(.runJob(service: "disk", name: "format", member: "disk2"), reason: "", host: "local")
        func basis(_ records: [String: DoneRecord]) throws -> String {
            StepBasis(desired: two.desired, observed: try running(two, volumes), records: records).text(of: step)
        }
        var records = done(two, volumes)
        let before = try basis(records)
        #expect(before.contains("into d2 done"))
        records["job/disk/format/disk1"] = nil
        #expect(try basis(records) == before)
        records["job/disk/format/disk2"] = nil
        #expect(try basis(records) != before)
    }

    @Test func aLeftoverOfAnotherMembersJobIsRemoved() throws {
        let two = try DiskEnvironment()
        var records = done(two, volumes)
        records["job/disk/format/disk2"] = nil
        var observed = try running(two, volumes)
        for member in ["disk1", "disk2"] {
            var leftover = ObservedContainer(id: "left-\(member)", name: "lab-\(member)-format", host: "local")
            leftover.role = .job
            leftover.service = "disk"
            leftover.member = "format"
            leftover.worksFor = member
            leftover.state = .exited
            observed.containers.append(leftover)
        }
        #expect(
            try plan(two, observed, records).steps.map(\.line) == [
                "run disk2/format: not done yet", "remove lab-disk1-format: left behind by an interrupted run",
            ])
    }
}
