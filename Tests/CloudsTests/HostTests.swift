import Model
import System
import TestTools
import Testing

@testable import Clouds

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

    /// Those of root, for a user whose PATH has not their folders.
    @Test func findsProgramsOfRoot() throws {
        #expect(findProgram("ldconfig", in: "/usr/bin:/bin")?.hasSuffix("sbin/ldconfig") == true)
    }

    @Test func refusesWithoutAProgram() {
        let missing = thrown(Problems.self) { try HostProgram.ssh.require(in: "/nowhere") }
        #expect(
            missing?.all.map(\.description) == [
                "this host has no ssh, which is needed for logging in to instances, `minke demo`; "
                    + "apt-get install openssh-client"
            ])
        #expect(HostProgram.docker.remedy == "apt-get install docker.io (Debian 13: docker-cli)")
    }

    /// scripts/setup installs what `minke doctor` asks for.
    @Test func programsAreInTheListOfSetup() throws {
        let list = try Files.readText("\(Files.folder(of: #filePath))/../../scripts/programs")
        var rows: [String: [String]] = [:]
        for line in list.split(separator: "\n") where !line.hasPrefix("#") {
            let words = line.split(separator: " ").map(String.init)
            if words[1] == "run" { rows[words[0]] = Array(words[2...]) }
        }
        // Every Debian has tar.
        for program in HostProgram.all where program.name != "tar" { #expect(rows[program.name] == program.packages) }
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
