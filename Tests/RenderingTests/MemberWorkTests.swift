import Layouts
import Model
import Recipes
import TestEnvironments
import TestTools
import Testing

@testable import Rendering

/// Jobs, grants and secrets of which each member of a service has its own.
@Suite struct MemberWorkTests {
    private func job(_ name: String, _ member: String?, _ state: DesiredState) throws -> DesiredJob {
        try #require(state.jobs.first { $0.name == name && $0.member == member })
    }

    @Test func eachMemberHasItsGrant() throws {
        let disks = try DiskEnvironment()
        #expect(disks.desired.grants.map(\.label) == ["disk1/keeper", "disk2/keeper"])
        #expect(disks.desired.grants.map(\.provider) == ["keeper1", "keeper1"])
        #expect(disks.desired.grants.map(\.anchor) == ["lab-keeper1-data", "lab-keeper1-data"])
        #expect(disks.desired.grants.map(\.after) == [[.member("keeper1")], [.member("keeper1")]])
        #expect(Set(disks.desired.grants.map(\.inputs)).count == 2)
        #expect(
            try disks.desired.grants.map(disks.resolver.input) == [
                "disk1 of disk.own-key.disk1\n", "disk2 of disk.own-key.disk2\n",
            ])
    }

    @Test func eachMemberHasItsJobWithItsVolumeAndFiles() throws {
        let disks = try DiskEnvironment()
        #expect(
            disks.desired.jobs.map(\.label) == [
                "disk1/format", "disk2/format", "disk/tell", "disk1/check", "disk2/check",
            ])
        let format = try job("format", "disk2", disks.desired)
        #expect(format.specification.command == ["format", "1"])
        #expect(format.specification.hostname == "disk2-format")
        #expect(format.containerName(environment: "lab") == "lab-disk2-format")
        #expect(format.specification.mounts.map(\.volume) == ["lab-disk2-data"])
        #expect(format.specification.environment == ["DISK": "of disk.id.disk2"])
        #expect(format.anchor == "lab-disk2-data")
        #expect(format.formerMilestone == nil)
        // What is done once is not done again for another number.
        #expect(try format.inputs == job("format", "disk1", disks.desired).inputs)
        let files = try disks.resolver.files(of: format)
        #expect(files.map(\.path) == ["disk.conf", "format.env", "common.conf"])
        #expect(files.map(\.text)[1] == "ID=of disk.id.disk2")
        #expect(files.map(\.digest) == format.files)
        let tell = try job("tell", nil, disks.desired)
        #expect(tell.containerName(environment: "lab") == "lab-disk-tell")
        #expect(tell.specification.mounts.map(\.volume) == ["lab-disk1-data"])
    }

    @Test func aMemberWaitsForItsOwnAndWhatAllHaveWaitsForThatOfEach() throws {
        let state = try DiskEnvironment().desired
        func format(_ member: String) -> Milestone { .memberJob(service: "disk", name: "format", member: member) }
        func grant(_ member: String) -> Milestone {
            .memberGrant(service: "disk", requirement: "keeper", member: member)
        }
        let tell = Milestone.job(service: "disk", name: "tell")
        #expect(try job("format", "disk2", state).after == [grant("disk2")])
        #expect(
            try job("tell", nil, state).after == [format("disk1"), format("disk2"), grant("disk1"), grant("disk2")])
        #expect(try job("check", "disk1", state).after == [.member("disk1"), tell])
        #expect(state.members.first { $0.name == "disk2" }?.after == [tell, format("disk2"), grant("disk2")])
    }

    @Test func aConditionLeavesOutAMembers() throws {
        let state = try DiskEnvironment(disks: "{members: {disk1: {}, disk2: {settings: {spare: true}}}}").desired
        #expect(state.jobs.map(\.label) == ["disk1/format", "disk/tell", "disk1/check", "disk2/check"])
        #expect(state.grants.map(\.label) == ["disk1/keeper"])
        // Without a grant, a requirement is waited for as a whole.
        #expect(
            state.members.first { $0.name == "disk2" }?.after == [
                .member("keeper1"), .job(service: "disk", name: "tell"),
            ])
        #expect(
            try job("tell", nil, state).after == [
                .memberJob(service: "disk", name: "format", member: "disk1"),
                .memberGrant(service: "disk", requirement: "keeper", member: "disk1"),
            ])
    }

    @Test func aServiceWithoutMembersHasNothingToDo() throws {
        let state = try DiskEnvironment(disks: "0").desired
        #expect(state.jobs.isEmpty && state.grants.isEmpty)
    }

    @Test func eachMemberSeesItsSecrets() throws {
        let disks = try DiskEnvironment()
        let files = try ["disk1", "disk2"].map { try disks.resolver.files(ofMember: $0).map(\.text) }
        #expect(
            files == [
                ["[disk.0]\nkey = of disk.own-key.disk1\npeers = a\n", "of disk.common"],
                ["[disk.1]\nkey = of disk.own-key.disk2\npeers = a\npeers = b\n", "of disk.common"],
            ])
        #expect(
            disks.desired.members.filter { $0.service == "disk" }.map { $0.specification.environment } == [
                ["DISK": "of disk.id.disk1"], ["DISK": "of disk.id.disk2"],
            ])
        let hidden = disks.resolver.replacingSecrets(with: "Hidden")
        #expect(try hidden.files(ofMember: "disk2").first?.text == "[disk.1]\nkey = Hidden\npeers = a\npeers = b\n")
        #expect(try hidden.files(of: job("format", "disk2", disks.desired)).map(\.text)[1] == "ID=of disk.id.disk2")
    }

    @Test func whatTakesDataOverHasTheSecretsThatTheDataKnows() throws {
        let disks = try DiskEnvironment(disks: "{members: {disk1: {}, disk9: {data-of: disk2}}}")
        #expect(try disks.desired.grants.map(disks.resolver.input).last == "disk9 of disk.own-key.disk2\n")
        let format = try job("format", "disk9", disks.desired)
        #expect(format.anchor == "lab-disk2-data")
        #expect(format.formerMilestone == .memberJob(service: "disk", name: "format", member: "disk2"))
        #expect(try job("check", "disk9", disks.desired).formerMilestone == nil)
        let keys = disks.layout.services.flatMap { service in
            Resolver.secretKeys(service.recipe.keptValues, of: service).map(\.key)
        }
        #expect(keys == ["disk.own-key.disk1", "disk.own-key.disk2", "disk.common", "disk.id.disk1", "disk.id.disk2"])
    }

    @Test func aConditionThatCannotBeRenderedIsTold() {
        var files = DiskEnvironment.files
        files["recipes/disk/recipe.yaml"] = files["recipes/disk/recipe.yaml"]?
            .replacing("when: \"{{ not settings.spare }}\"", with: "when: \"{{ member.addresses.nowhere }}\"")
        let told = thrown(Problems.self) { _ = try DiskEnvironment(files: files) }
        #expect(told?.description.contains("c/recipes/disk/recipe.yaml:31:") == true, "\(String(describing: told))")
    }
}
