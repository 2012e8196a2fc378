import Glibc
import Model
import TestTools
import Testing

@testable import System

@Suite struct GivenFileTests {
    @Test func readsFilesAndPipes() async throws {
        try await Files.withTemporaryDirectory { folder in
            try Files.write("", to: folder + "/empty")
            #expect(try Files.readGiven(folder + "/empty") == [])
            try #require(mkfifo(folder + "/pipe", 0o600) == 0)
            async let read = offload { try Files.readGivenText(folder + "/pipe") }
            try await offload { try Files.writeGiven("name: lab\n", to: folder + "/pipe") }
            #expect(try await read == "name: lab\n")
            #expect(try FileStatusKind.of(folder + "/pipe") == .other)
        }
    }

    @Test func aPipeThatNobodyWritesToEndsWithItsTask() async throws {
        try await Files.withTemporaryDirectory { folder in
            try #require(mkfifo(folder + "/pipe", 0o600) == 0)
            let reading = Task { try Files.readGiven(folder + "/pipe") }
            reading.cancel()
            let result = await reading.result
            #expect(thrown(CancellationError.self) { try result.get() } != nil)
        }
    }

    @Test func refusesDevicesAndWhatIsTooLarge() async throws {
        #expect(
            "\(try #require(thrown(NoFile.self) { try Files.readGiven("/dev/zero") }))"
                == "/dev/zero is neither a file nor a pipe")
        let given = thrown(Problems.self) { try withGivenFiles { try Files.readGiven("/dev/zero") } }
        #expect(given?.description == "/dev/zero is neither a file nor a pipe")
        try await Files.withTemporaryDirectory { folder in
            let path = folder + "/sparse"
            try Files.write("", to: path)
            try #require(truncate(path, 1 << 40) == 0)
            let sparse = thrown(SystemError.self) { try Files.readGiven(path) }
            #expect(sparse?.description == "cannot read \(path): File too large")
            try #require(mkfifo(folder + "/pipe", 0o600) == 0)
            async let read = offload { thrown(SystemError.self) { try Files.readGiven(folder + "/pipe", limit: 10) } }
            try? await offload { try Files.writeGiven("more than ten bytes", to: folder + "/pipe") }
            #expect(try await read?.code == EFBIG)
        }
    }

    @Test func writesThroughLinksAndToPipes() async throws {
        try await Files.withTemporaryDirectory { folder in
            try Files.write("old", to: folder + "/file")
            try Files.link(folder + "/link", to: "file")
            try Files.writeGiven("new", to: folder + "/link", mode: 0o600)
            #expect(try Files.readText(folder + "/file") == "new")
            #expect(try FileStatusKind.of(folder + "/link") == .link)
            try Files.link(folder + "/dangling", to: "\(folder)/later")
            try Files.writeGiven("made", to: folder + "/dangling")
            #expect(try Files.readText(folder + "/later") == "made")
            try Files.link(folder + "/loop", to: "loop")
            #expect(thrown(SystemError.self) { try Files.writeGiven("x", to: folder + "/loop") }?.code == ELOOP)
            #expect(Files.isStream("/dev/null") && Files.isStream("-") && !Files.isStream(folder + "/file"))
            // A device of the test's own, so that replacing it by mistake does no harm.
            if mknod(folder + "/null", S_IFCHR | 0o666, makedev(1, 3)) == 0 {
                try Files.writeGiven("gone", to: folder + "/null")
                #expect(try FileStatusKind.of(folder + "/null") == .other)
            }
        }
    }

    private enum FileStatusKind {
        static func of(_ path: String) throws -> FileStatus.Kind { try Files.status(of: path).kind }
    }

    private func makedev(_ major: UInt, _ minor: UInt) -> UInt { major << 8 | minor }
}
