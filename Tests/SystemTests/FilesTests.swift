import Glibc
import TestTools
import Testing

@testable import System

@Suite struct FilesTests {
    @Test func writesAtomicallyWithAMode() async throws {
        try await Files.withTemporaryDirectory { folder in
            let path = folder + "/a/b/file"
            try Files.makeDirectory(folder + "/a/b")
            try Files.write("one", to: path, mode: 0o600)
            try Files.write("two", to: path, mode: 0o640)
            #expect(try Files.readText(path) == "two")
            #expect(try Files.status(of: path).mode == 0o640)
            #expect(try Files.names(in: folder + "/a/b") == ["file"])
            try Files.append("\nthree", to: path)
            #expect(try Files.readText(path) == "two\nthree")
        }
    }

    @Test func replacesAFileByAnotherOneOrLeavesBoth() async throws {
        try await Files.withTemporaryDirectory { folder in
            let (old, new) = ("\(folder)/old", "\(folder)/new")
            try Files.write("old", to: old)
            try Files.write("new", to: new, mode: 0o600)
            try Files.replace(old, with: new)
            #expect(try Files.readText(old) == "new")
            #expect(try Files.status(of: old).mode == 0o600)
            #expect(try Files.names(in: folder) == ["old"])

            let missing = thrown(SystemError.self) { try Files.replace(old, with: new) }
            #expect(missing?.description == "cannot open \(new): No such file or directory")
            try Files.makeDirectory("\(folder)/full/of")
            try Files.write("new", to: new)
            #expect(thrown(SystemError.self) { try Files.replace("\(folder)/full", with: new) } != nil)
            #expect(try Files.names(in: folder) == ["full", "new", "old"])
        }
    }

    @Test func readsFilesWithoutASizeAndLargeOnes() async throws {
        #expect(try Files.readText("/proc/self/status").hasPrefix("Name:"))
        try await Files.withTemporaryDirectory { folder in
            let content = (0..<300_000).map { UInt8(truncatingIfNeeded: $0) }
            try Files.write(content, to: folder + "/large")
            #expect(try Files.read(folder + "/large") == content)
        }
    }

    @Test func listsTreesSortedByBytes() async throws {
        try await Files.withTemporaryDirectory { folder in
            for path in ["b/2", "b/1", "B/x", "a-/y", "a/z", "skip/no"] {
                try Files.makeDirectory(Files.folder(of: "\(folder)/\(path)"))
                try Files.write("", to: "\(folder)/\(path)")
            }
            try Files.link(folder + "/link", to: "/nowhere")
            let paths = try Files.tree(folder) { $0 != "skip" }.map(\.path)
            #expect(paths == ["B", "B/x", "a", "a/z", "a-", "a-/y", "b", "b/1", "b/2", "link"])
            #expect(try Files.target(ofLink: folder + "/link") == "/nowhere")
            try Files.remove(folder + "/b")
            try Files.remove(folder + "/link")
            try Files.remove(folder + "/absent")
            #expect(try Files.names(in: folder) == ["B", "a", "a-", "skip"])
        }
    }

    @Test func namesPathAndReason() async throws {
        let missing = thrown(SystemError.self) { try Files.read("/no/such") }
        #expect(missing?.description == "cannot read /no/such: No such file or directory")
        let folder = thrown(SystemError.self) { try Files.read("/etc") }
        #expect(folder?.description == "cannot read /etc: Is a directory")
        let write = thrown(SystemError.self) { try Files.write("", to: "/no/such/file") }
        #expect(write?.description == "cannot write /no/such/file: No such file or directory")
        let made = thrown(SystemError.self) { try Files.makeDirectory("/etc/passwd/x") }
        #expect(made?.description == "cannot make folder /etc/passwd/x: Not a directory")
    }

    @Test func takesTheFirstPlaceThatHasWhatTemporaryFilesNeed() throws {
        let needs = TemporaryNeeds(bytes: 3 << 20, runsPrograms: true)
        let places = [
            "/small": FileSystem(free: 2 << 20), "/still": FileSystem(free: 9 << 20, runsPrograms: false),
            "/good": FileSystem(free: 3 << 20), "/other": FileSystem(free: 9 << 20),
        ]
        func look(_ folder: String) throws -> FileSystem {
            guard let found = places[folder] else {
                throw SystemError("look at the file system of \(folder)", code: ENOENT)
            }
            return found
        }
        #expect(try needs.place(among: ["/gone", "/small", "/still", "/good", "/other"], look) == "/good")
        #expect(try TemporaryNeeds().place(among: ["/still", "/good"], look) == "/still")
        let none = thrown(NoTemporaryPlace.self) { try needs.place(among: ["/gone", "/small", "/still"], look) }
        #expect(
            none?.description == """
                no folder for temporary files will do: \
                cannot look at the file system of /gone: No such file or directory; \
                /small has 2 MiB left of the 3 MiB needed; /still is mounted noexec; \
                name another one in the variable TMPDIR
                """)
    }

    @Test func knowsPlaces() throws {
        #expect(try Files.executablePath().hasPrefix("/"))
        #expect(try Files.freeSpace(at: "/") > 0)
        #expect(Files.folder(of: "/a/b/") == "/a")
        #expect(Files.folder(of: "/a") == "/")
        #expect(Files.folder(of: "a") == ".")
        #expect(Files.name(of: "/a/b/") == "b")
    }
}
