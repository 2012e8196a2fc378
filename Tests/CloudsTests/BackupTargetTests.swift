import Model
import System
import TestTools
import Testing

@testable import Clouds

@Suite struct BackupTargetTests {
    private struct Broken: Error {}

    @Test func packsTheParts() async throws {
        try await Files.withTemporaryDirectory { folder in
            let file = folder + "/cloud.tar"
            let target = try BackupTarget(file)
            #expect(!target.isStream && !target.replacesFile)
            try await target.fill { try Files.write("{}", to: $0 + "/state.json") }
            #expect(try Files.names(in: folder) == ["cloud.tar"])
            #expect(try Files.status(of: file).mode & 0o777 == 0o600)
            let listed = try await Subprocess("tar", ["--list", "--file", file]).run().checked().outputText
            #expect(listed == "./\n./state.json")
            #expect(try BackupTarget(file).replacesFile)
        }
    }

    @Test func leavesTheFormerOneWhereItFails() async throws {
        try await Files.withTemporaryDirectory { folder in
            let file = folder + "/cloud.tar"
            try Files.write("former", to: file)
            await #expect(throws: Broken.self) { try await BackupTarget(file).fill { _ in throw Broken() } }
            #expect(try Files.readText(file) == "former")
            #expect(try Files.names(in: folder) == ["cloud.tar"])
        }
    }

    @Test func refusesAFolder() async throws {
        try await Files.withTemporaryDirectory { folder in
            let problems = thrown(Problems.self) { try BackupTarget(folder) }
            #expect(problems?.description == "\(folder) is a folder; name a file in it")
        }
    }
}
