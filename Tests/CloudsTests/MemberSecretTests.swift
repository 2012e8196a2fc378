import Layouts
import Model
import Rendering
import System
import TestEnvironments
import TestStorage
import TestTools
import Testing

@testable import Clouds
@testable import Recipes

/// Secrets of which each member of a service has its own.
@Suite struct MemberSecretTests {
    private func withState(_ body: (EnvironmentState, _ folder: String) async throws -> Void) async throws {
        try await Files.withTemporaryDirectory { folder in
            try await body(EnvironmentState(store: MemoryStore(), environment: "lab"), folder)
        }
    }

    private func layout(_ disks: String, secrets: String = "{}") throws -> Layout {
        try Layout(
            environment: try Environment.parse(
                text: "secrets: \(secrets)\nservices: {keeper: 1, disk: \(disks)}\n", file: "lab.yaml"),
            catalog: try Catalog.parse(files: DiskEnvironment.files, folder: "c", recipes: ["keeper", "disk"]),
            kept: [:])
    }

    @Test func eachMemberHasItsOwnAndKeepsIt() async throws {
        try await withState { state, _ in
            let keeper = SecretKeeper(state: state)
            let two = try await keeper.secrets(for: layout("2")).all
            #expect(
                two.keys.sorted() == [
                    "disk.common", "disk.id.disk1", "disk.id.disk2", "disk.own-key.disk1", "disk.own-key.disk2",
                ])
            #expect(Set(two.values).count == 5)
            let one = try await keeper.secrets(for: layout("1"))
            #expect(one.changed.isEmpty)
            // A member that comes back has what it had, and one with its data as well.
            let again = try await keeper.secrets(for: layout("2")).all
            #expect(again == two)
            let taken = try await keeper.secrets(for: layout("{members: {disk1: {}, disk9: {data-of: disk2}}}"))
            #expect(taken.all == two && taken.changed.isEmpty)
            let three = try await keeper.secrets(for: layout("3")).all
            #expect(three.count == 7 && two.allSatisfy { three[$0.key] == $0.value })
        }
    }

    @Test func anOperatorGivesThatOfAMember() async throws {
        try await withState { state, folder in
            let keeper = SecretKeeper(state: state)
            try Files.write("given\n", to: folder + "/key", mode: 0o600)
            let given = "{disk.own-key.disk2: {file: \(folder)/key}}"
            let taken = try await keeper.secrets(for: layout("2", secrets: given)).all
            #expect(taken["disk.own-key.disk2"] == "given")
            let told = await thrown(Problems.self) { _ = try await keeper.secrets(for: layout("1", secrets: given)) }
            #expect(
                told?.description == "lab.yaml:1:31: no service of this environment has a secret disk.own-key.disk2; "
                    + "did you mean disk.own-key.disk1?")
            #expect(
                CloudSecret.all(of: try layout("2", secrets: given), replaced: []).map { "\($0.name) \($0.origin)" }
                    == [
                        "disk.common generated", "disk.own-key.disk1 generated", "disk.own-key.disk2 given",
                    ])
        }
    }

    @Test func onePreparesTheReplacementOfOneMembers() async throws {
        try await withState { state, _ in
            let keeper = SecretKeeper(state: state)
            let layout = try layout("2")
            let before = try await keeper.secrets(for: layout).all
            try await keeper.prepareReplacements(of: ["disk.own-key.disk2"], in: layout)
            let after = try await keeper.secrets(for: layout)
            #expect(Set(after.changed.keys) == ["disk.own-key.disk2"])
            #expect(after.all["disk.own-key.disk1"] == before["disk.own-key.disk1"])
            let told = await thrown(Problems.self) {
                try await keeper.prepareReplacements(of: ["disk.own-key"], in: layout)
            }
            #expect(told?.description.hasPrefix("no service of this environment has a secret disk.own-key") == true)
        }
    }

    @Test func aMembersContainerKeepsNoOthersSecrets() throws {
        let disks = try DiskEnvironment()
        let secrets = ["disk.own-key.disk1": "a", "disk.own-key.disk2": "b", "disk.common": "c", "disk.id.disk2": "d"]
        let contents = ResolvedContents(resolver: disks.resolver, secrets: secrets)
        let member = try #require(disks.desired.members.first { $0.name == "disk2" })
        #expect(contents.secrets(of: member) == ["disk.own-key.disk2": "b", "disk.common": "c", "disk.id.disk2": "d"])
    }
}
