import Testing

@testable import System

@Suite struct TarTests {
    private let long = String(repeating: "a", count: 90) + "/" + String(repeating: "b", count: 90)
    private let longer = String(repeating: "ü", count: 120) + "/" + String(repeating: "d", count: 180)

    private var entries: [TarEntry] {
        [
            TarEntry("etc", .directory, mode: 0o750, user: 5, group: 6),
            .text("etc/file", "content", mode: 0o600, user: 42401, group: 3_000_000),
            TarEntry("etc/link", .link(longer)),
            TarEntry("etc/hard", .hardLink("etc/file")),
            TarEntry(long, .file(.bytes([])), modified: 1_700_000_000),
            TarEntry(longer, .file(.bytes([UInt8](repeating: 1, count: 512)))),
        ]
    }

    @Test func readsWhatItWrites() throws {
        let bytes = try TarWriter.bytes(entries)
        #expect(bytes.count % 512 == 0)
        #expect(try TarReader.entries(bytes) == entries)
        #expect(try TarWriter.bytes(entries) == bytes)
    }

    @Test func agreesWithTar() async throws {
        try await Files.withTemporaryDirectory { folder in
            let bytes = try TarWriter.bytes(entries)
            let listed = try await Subprocess("tar", ["-tf", "-", "--quoting-style=literal"], input: bytes).run()
                .checked()
            #expect(
                listed.outputText == ["etc/", "etc/file", "etc/link", "etc/hard", long, longer].joined(separator: "\n"))

            try Files.makeDirectory("\(folder)/tree/sub")
            try Files.write([UInt8](repeating: 9, count: 600_000), to: "\(folder)/tree/sub/big", mode: 0o640)
            try Files.link("\(folder)/tree/link", to: "sub/big")
            let written = try TarWriter.bytes(try TarEntry.tree("\(folder)/tree"))
            try Files.makeDirectory("\(folder)/out")
            try await Subprocess("tar", ["-xf", "-"], directory: "\(folder)/out", input: written).run().checked()
            #expect(try Files.read("\(folder)/out/link") == [UInt8](repeating: 9, count: 600_000))
            #expect(try Files.status(of: "\(folder)/out/sub/big").mode == 0o640)
            for format in ["gnu", "posix", "ustar"] {
                let other = try await Subprocess(
                    "tar", ["-cf", "-", "--format=\(format)", "sub", "link"], directory: "\(folder)/tree"
                ).run().checked()
                #expect(try TarReader.entries(other.output).map(\.path) == ["sub", "sub/big", "link"])
            }
        }
    }

    @Test func refusesWhatIsNoArchive() throws {
        #expect(throws: TarError.self) { try TarReader.entries([UInt8](repeating: 65, count: 1024)) }
        let bytes = try TarWriter.bytes(entries)
        #expect(throws: TarError.self) { try TarReader.entries(Array(bytes.prefix(1024))) }
    }
}
