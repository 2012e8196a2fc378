import Building
import Glibc
import System
import Testing

/// The dependence of scenarios' results on files.
@Suite struct ScenarioFilesTests {
    private static let files = [
        "Package.swift": "", "Sources/Model/A.swift": "a", "scripts/setup": "s", "Tests/TestTools/T.swift": "t",
        "Tests/Scenarios/Support/Scenario.swift": "x", "Tests/Scenarios/One/OneTests.swift": "",
        "Tests/Scenarios/Two/TwoTests.swift": "OneTests.images", "Tests/Scenarios/Three/ThreeTests.swift": "TwoTests()",
        "environments/e.yaml": "", "catalog/recipes/nova/recipe.yaml": "n", "catalog/recipes/nova/test/run": "r",
        "catalog/recipes/heat/recipe.yaml": "h", "catalog/fragments/f.yaml": "f",
    ]

    /// The suites, of those that are asked for, whose files differ after a change of a file.
    private func changed(by path: String, mode: UInt32 = 0o644) async throws -> Set<String> {
        try await Files.withTemporaryDirectory { folder in
            for (path, text) in Self.files { try write(text, to: "\(folder)/\(path)") }
            let before = try describe(folder)
            try write((Self.files[path] ?? "") + "more", to: "\(folder)/\(path)", mode: mode)
            let after = try describe(folder)
            return Set(before.keys.filter { before[$0] != after[$0] })
        }
    }

    private func write(_ text: String, to path: String, mode: UInt32 = 0o644) throws {
        try Files.makeDirectory(Files.folder(of: path))
        try Files.write(text, to: path, mode: mode)
    }

    private func describe(_ folder: String) throws -> [String: [String]] {
        let files = try ScenarioFiles(repository: folder)
        var described: [String: [String]] = [:]
        for name in ["One", "Two", "Three"] {
            described[name] = try files.of(suite: "\(folder)/Tests/Scenarios/\(name)/\(name)Tests.swift")
        }
        described["all recipes"] = files.catalog(recipes: nil)
        described["nova"] = files.catalog(recipes: ["nova"])
        return described
    }

    @Test(arguments: ["Package.swift", "Sources/Model/New.swift", "scripts/setup", "Tests/TestTools/T.swift"])
    func theProgramAndTheToolsAreEverybodys(path: String) async throws {
        #expect(try await changed(by: path) == ["One", "Two", "Three"])
    }

    @Test func theTestsOfScriptsAreNobodys() async throws {
        #expect(try await changed(by: "scripts/tests/setup.sh") == [])
    }

    @Test func aFileOfNoSuiteIsEverybodys() async throws {
        #expect(try await changed(by: "Tests/Scenarios/One/Guest.swift") == ["One", "Two", "Three"])
    }

    @Test func aSuitesFileIsOfThoseThatNameIt() async throws {
        #expect(try await changed(by: "Tests/Scenarios/Three/ThreeTests.swift") == ["Three"])
        #expect(try await changed(by: "Tests/Scenarios/Two/TwoTests.swift") == ["Two", "Three"])
        #expect(try await changed(by: "Tests/Scenarios/One/OneTests.swift") == ["One", "Two", "Three"])
    }

    @Test func recipesCountForThoseThatUseThem() async throws {
        #expect(try await changed(by: "catalog/recipes/heat/recipe.yaml") == ["all recipes"])
        #expect(try await changed(by: "catalog/recipes/nova/recipe.yaml") == ["all recipes", "nova"])
        #expect(try await changed(by: "catalog/recipes/nova/test/run") == [])
        #expect(try await changed(by: "catalog/fragments/f.yaml") == ["all recipes", "nova"])
        #expect(try await changed(by: "environments/e.yaml") == ["all recipes", "nova"])
    }

    @Test func aProgramIsOfTheSourcesUnlessOneIsNewer() async throws {
        try await Files.withTemporaryDirectory { folder in
            for (path, text) in Self.files { try write(text, to: "\(folder)/\(path)") }
            let files = try ScenarioFiles(repository: folder)
            try write("", to: "\(folder)/build/minke", mode: 0o755)
            #expect(try files.isCurrent("\(folder)/build/minke"))
            var later = utimbuf(actime: time(nil) + 60, modtime: time(nil) + 60)
            utime("\(folder)/scripts/setup", &later)
            #expect(try files.isCurrent("\(folder)/build/minke"))
            utime("\(folder)/Tests/Scenarios/One/OneTests.swift", &later)
            #expect(try !files.isCurrent("\(folder)/build/minke"))
        }
    }

    @Test func aProgramIsAnotherThanAFile() async throws {
        let path = "scripts/new"
        #expect(try await changed(by: path, mode: 0o755) == ["One", "Two", "Three"])
        try await Files.withTemporaryDirectory { folder in
            for (path, text) in Self.files { try write(text, to: "\(folder)/\(path)") }
            let before = try describe(folder)
            try write("s", to: "\(folder)/scripts/setup", mode: 0o755)
            #expect(try describe(folder)["One"] != before["One"])
        }
    }

    /// Whatever other files may use of a suite's file goes by the suite's name: it has no other declaration for them.
    @Test func suitesDeclareNothingElseForOthers() throws {
        let folder = "\(Places.repository)/Tests/Scenarios"
        for entry in try Files.tree(folder) where entry.path.hasSuffix("Tests.swift") {
            let suite = Files.name(of: entry.path).dropLast(".swift".count)
            let text = try Files.readText("\(folder)/\(entry.path)")
            let declared = text.matches(of: #/(?m)^(?:final )?(?:struct|class|enum|actor|func|let|var|protocol) (\w+)/#)
            #expect(declared.map { String($0.1) }.filter { $0 != suite } == [], "\(entry.path)")
            for line in text.matches(of: #/(?m)^extension [^\n]*\{\n((?:(?!\n\}).)*)/#.dotMatchesNewlines()) {
                for member in line.1.matches(of: #/(?m)^    (?:@\w+\n    )?(?:static )?(?:func|var|let) /#) {
                    Issue.record("\(entry.path): \(member.0) is not fileprivate")
                }
            }
        }
    }

    @Test func aResultIsUsedUnlessNoneIs() async throws {
        try await Files.withTemporaryDirectory { folder in
            var runs = 0
            for (areUsed, identity, expected) in [(true, "a", 1), (true, "a", 1), (true, "b", 2), (false, "a", 3)] {
                let results = KeptResults(passed: PassedTests(folder: folder), areUsed: areUsed, report: { _ in })
                try await results.once("one", identity) { runs += 1 }
                #expect(runs == expected)
            }
            struct Failure: Error {}
            let results = KeptResults(passed: PassedTests(folder: folder), areUsed: true, report: { _ in })
            for _ in 0..<2 {
                await #expect(throws: Failure.self) {
                    try await results.once("two", "c") {
                        runs += 1
                        throw Failure()
                    }
                }
            }
            #expect(runs == 5)
        }
    }
}
