import Testing

@testable import System

@Suite struct TemporaryDirectoryTests {
    @Test func isEmptyAndOnlyItsOwners() throws {
        let folder = try TemporaryDirectory(prefix: "one")
        try #require(try Files.names(in: folder.path) == [])
        #expect(try Files.status(of: folder.path).mode == 0o700)
        try folder.remove()
        #expect(!Files.exists(Files.folder(of: folder.path)))
    }

    @Test func takesAwayWhatAKilledProgramLeft() async throws {
        try await Files.withTemporaryDirectory { base in
            let alive = try TemporaryDirectory(prefix: "one", in: base)
            try Files.write("", to: "\(alive.path)/file")
            // A copy has no program that keeps it locked.
            let outer = Files.folder(of: alive.path)
            func copy(_ name: String) async throws {
                try await Subprocess("cp", ["-R", outer, "\(base)/\(name)"]).run().checked()
            }
            for name in ["one.killed", "one.longer", "one.length7", "two.killed", "one.sealed", "one.nolock"] {
                try await copy(name)
            }
            try Files.write("another's\n", to: "\(base)/one.sealed/lock")
            try Files.remove("\(base)/one.nolock/lock")
            try Files.makeDirectory("\(base)/elsewhere")
            try await copy("elsewhere/tree")
            try Files.link("\(base)/one.linked", to: "elsewhere/tree")
            try Files.makeDirectory("\(base)/one.backup")

            let next = try TemporaryDirectory(prefix: "one", in: base)
            let kept = [
                "elsewhere", "one.backup", "one.length7", "one.linked", "one.nolock", "one.sealed", "two.killed",
            ]
            let own = [alive, next].map { Files.name(of: Files.folder(of: $0.path)) }
            #expect(try Files.names(in: base).sorted() == (kept + own).sorted())
            #expect(Files.exists("\(alive.path)/file") && Files.exists("\(base)/elsewhere/tree/files/file"))
            try next.remove()
            try alive.remove()
        }
    }

    @Test func isLockedByItsProgramOnly() async throws {
        try await Files.withTemporaryDirectory { base in
            let folder = try TemporaryDirectory(prefix: "one", in: base)
            let lock = "\(Files.folder(of: folder.path))/lock"
            // A program that outlives ours does not keep the folder.
            let inherited = try await Subprocess("sh", ["-c", "ls -l /proc/self/fd"]).run().checked()
            #expect(!inherited.outputText.contains(lock))
            try folder.remove()
        }
    }
}
