import Glibc
import System
import Testing

@testable import Building

/// Kept results of passed tests, also where their files are damaged, copied or old.
@Suite struct PassedTestsTests {
    private let identity = String(repeating: "a1", count: 32)
    private let other = String(repeating: "b2", count: 32)

    private func with(_ body: (PassedTests) throws -> Void) async throws {
        try await Files.withTemporaryDirectory { folder in try body(PassedTests(folder: "\(folder)/results/tests")) }
    }

    @Test func keepsAPass() async throws {
        try await with { passed in
            #expect(passed.seconds(of: identity) == nil)
            try passed.keep(identity, name: "shop", seconds: 12.34)
            #expect(passed.seconds(of: identity) == 12.3)
            #expect(PassedTests(folder: passed.folder).seconds(of: identity) == 12.3)
            #expect(passed.seconds(of: other) == nil)
        }
    }

    @Test(arguments: [
        "", "{", "null", "[1, 2]", "no JSON", "{\"format\": 1}", "{\"format\": 1, \"identity\": 7, \"seconds\": 1}",
    ])
    func aDamagedFileIsNoResult(content: String) async throws {
        try await with { passed in
            try passed.keep(identity, name: "shop", seconds: 1)
            try Files.write(content, to: "\(passed.folder)/\(identity).json")
            #expect(passed.seconds(of: identity) == nil)
            try passed.keep(identity, name: "shop", seconds: 2)
            #expect(passed.seconds(of: identity) == 2)
        }
    }

    @Test func aFileThatIsCutShortOrOfAnotherTestIsNoResult() async throws {
        try await with { passed in
            try passed.keep(identity, name: "shop", seconds: 1)
            let path = "\(passed.folder)/\(identity).json"
            let whole = try Files.read(path)
            for length in 0..<(whole.count - 2) {
                try Files.write(Array(whole[..<length]), to: path)
                #expect(passed.seconds(of: identity) == nil, "\(length) bytes")
            }
            try Files.write(whole, to: "\(passed.folder)/\(other).json")
            #expect(passed.seconds(of: other) == nil)
        }
    }

    @Test func oldResultsAreForgottenUnlessTheyAreUsed() async throws {
        try await with { passed in
            func age(_ name: String) {
                var times = [timeval(tv_sec: 1_000_000, tv_usec: 0), timeval(tv_sec: 1_000_000, tv_usec: 0)]
                utimes("\(passed.folder)/\(name)", &times)
            }
            try passed.keep(identity, name: "shop", seconds: 1)
            try passed.keep(other, name: "queue", seconds: 2)
            try Files.write("half", to: "\(passed.folder)/.\(other).json.Xy12ab")
            for name in ["\(identity).json", "\(other).json", ".\(other).json.Xy12ab"] { age(name) }
            #expect(passed.seconds(of: identity) == 1)
            try passed.keep(String(repeating: "c3", count: 32), name: "new", seconds: 3)
            #expect(try Files.names(in: passed.folder).count == 2)
            #expect(passed.seconds(of: identity) == 1)
            #expect(passed.seconds(of: other) == nil)
        }
    }

    @Test func aFolderThatCannotBeMadeIsAnError() throws {
        let passed = PassedTests(folder: "/dev/null/tests")
        #expect(passed.seconds(of: identity) == nil)
        #expect(throws: SystemError.self) { try passed.keep(identity, name: "shop", seconds: 1) }
    }

    @Test func durationsAreThoseOfTheLastRun() async throws {
        try await Files.withTemporaryDirectory { folder in
            let durations = TestDurations(folder: folder)
            #expect(durations["shop"] == nil)
            try durations.note("shop", seconds: 3.21)
            try durations.note("shop", seconds: 4.56)
            #expect(durations["shop"] == 4.6)
            try Files.write("damaged", to: "\(folder)/durations/shop")
            #expect(durations["shop"] == nil)
        }
    }
}
