import Model
import System
import Testing

@testable import Commands

@Suite struct HostTests {
    @Test func findsProgramsInASearchPath() async throws {
        try await Files.withTemporaryDirectory { folder in
            try Files.makeDirectory(folder + "/a/tool")
            try Files.makeDirectory(folder + "/b")
            try Files.write("", to: folder + "/b/text", mode: 0o644)
            try Files.write("", to: folder + "/b/tool", mode: 0o755)
            let path = "\(folder)/a:\(folder)/b"
            // A folder of that name is none.
            #expect(findProgram("tool", in: path) == "\(folder)/b/tool")
            #expect(findProgram("minke-has-no-such-tool", in: path) == nil)
            #expect(findProgram("tool", in: "") == nil)
        }
    }

    @Test func tellsWhetherStateCanBeKept() async throws {
        try await Files.withTemporaryDirectory { folder in
            #expect(examineState(folder + "/a/b").verdict == .good)
            #expect(examineState(folder + "/a/b").found == "\(folder)/a/b will be made")
            try Files.makeDirectory(folder + "/own", mode: 0o700)
            #expect(examineState(folder + "/own").verdict == .good)
            try Files.setMode(0o755, of: folder + "/own")
            #expect(examineState(folder + "/own").remedy == "chmod 700 \(folder)/own")
            try Files.write("", to: folder + "/file")
            #expect(examineState(folder + "/file").found == "\(folder)/file is no folder")
            let finding = examineState(folder + "/file/minke")
            #expect(finding.verdict == .lacking)
            #expect(finding.found == "\(folder)/file/minke cannot be made: Not a directory in \(folder)/file")
            #expect(finding.remedy == "name a folder of your own by --state DIR or MINKE_STATE")
        }
    }
}
