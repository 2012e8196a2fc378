import Glibc
import System
import Testing

@Suite struct GivenFilesTests {
    /// Commands that name an unusable file or folder, below a folder of the test's own, with the expected complaints.
    static let commands: [(words: [String], told: String)] = [
        (["plan", "-e", "."], "cannot read .: Is a directory"),
        (["plan", "-e", "nothing.yaml"], "there is no environment file nothing.yaml"),
        (["plan", "-e", "binary.yaml"], "binary.yaml:1:1: this is not UTF-8 text"),
        (["plan", "--catalog", "nothing"], "there is no catalogue folder nothing"),
        (["plan", "--state", "environment.yaml"], "cannot keep state in environment.yaml: "),
        (["up", "--plan", "nothing.json"], "cannot read nothing.json: No such file or directory; save one with"),
        (["up", "--plan", "."], "cannot read .: Is a directory; save one with"),
        (["up", "--yes", "--trace", "nothing/up.json"], "cannot write nothing/up.json: No such file or directory"),
        (
            ["backup", "--output", "nothing/cloud.tar"],
            "cannot write nothing/cloud.tar: No such file or directory"
        ),
        (["backup", "--output", "."], ". is a folder; name a file in it"),
        (["restore", "nothing.tar"], "there is no archive nothing.tar"),
        (["restore", "."], ". is no archive that `minke backup` wrote"),
        (["config", "pages", "environment.yaml"], "cannot make folder environment.yaml: "),
    ]

    @Test func whatCannotBeReadOrWrittenIsAMistakeOfTheCommandLine() async throws {
        try await Scenario.run("given-files", services: "services: {ledger: 1, clock: 1}") { scenario in
            try Files.write([0xff], to: "\(scenario.folder)/binary.yaml")
            for (words, told) in Self.commands {
                let run = try await scenario.start(words)
                try #require(run.status == 2 && run.errors.contains(told), "\(words): \(run.status) \(run.errors)")
            }
            try #require(try await scenario.members().isEmpty)
        }
    }

    /// Only root can become another user, and only other users are refused by file modes.
    @Test(.enabled(if: geteuid() == 0), arguments: [false, true])
    func tellsThatStateCannotBeKept(isThere: Bool) async throws {
        try await Files.withTemporaryDirectory { folder in
            try Files.setMode(0o755, of: folder)
            let state = "\(folder)/state"
            let program = "\(folder)/minke"
            try await Subprocess("cp", [try Places.program(), program]).run().checked()
            for part in ["recipes", "releases"] {
                let source = "\(Places.repository)/Tests/Scenarios/TinyCatalog/\(part)"
                try await Subprocess("cp", ["-R", source, "\(folder)/"]).run().checked()
            }
            try Files.write("services: {clock: 1}\n", to: "\(folder)/environment.yaml")
            try Files.makeDirectory(state)
            if isThere { try Files.write("", to: "\(state)/minke.db", mode: 0o600) }
            for command in ["plan", "up", "status", "down"] {
                let run = try await Subprocess(
                    "setpriv",
                    ["--reuid", "65534", "--regid", "65534", "--clear-groups", program, command, "--yes"],
                    environment: .adding([
                        "DOCKER_HOST": "unix://\(folder)/nobody.sock", "MINKE_CATALOG": folder,
                        "MINKE_ENVIRONMENT": "\(folder)/environment.yaml", "MINKE_STATE": state,
                    ])
                ).run()
                #expect(run.status.code == 2)
                #expect(
                    run.errorText == "minke: cannot keep state in \(state): cannot \(isThere ? "write" : "make") "
                        + "\(state)/minke.db: Permission denied; "
                        + "name a folder that can be written by --state DIR or MINKE_STATE")
            }
            try #require(try Files.names(in: state) == (isThere ? ["minke.db"] : []))
        }
    }

    /// Runs a shell script with the program as `$0` and a folder as `$1`.
    private func shell(_ words: String, folder: String = "/") async throws -> (status: Int32?, text: String) {
        let run = try await Subprocess("sh", ["-c", words, try Places.program(), folder]).run()
        return (run.status.code, run.errorText)
    }

    @Test(arguments: ["<&-", ">&-", "<&- >&-", ">&- 2>&-", "<&- >&- 2>&-"])
    func closedStreamsBecomeNobodyElses(closed: String) async throws {
        let run = try await shell("\"$0\" version \(closed)")
        #expect(run.status == 0 && run.text.isEmpty, "\(run.text)")
    }

    @Test func devicesAndWhatHasNoEndAreRefused() async throws {
        let zero = try await shell("\"$0\" plan -e /dev/zero")
        #expect(zero.status == 2 && zero.text == "minke: /dev/zero is neither a file nor a pipe", "\(zero.text)")
        try await Files.withTemporaryDirectory { folder in
            let sparse = try await shell(
                "truncate -s 1T \"$1\"/lab.yaml && \"$0\" plan -e \"$1\"/lab.yaml", folder: folder)
            #expect(sparse.status == 2 && sparse.text == "minke: cannot read \(folder)/lab.yaml: File too large")
        }
    }

    @Test func theStandardInputIsAnEnvironmentThatNeedsAName() async throws {
        for file in ["-", "/dev/stdin"] {
            let run = try await shell("echo 'services: {keystone: 1}' | \"$0\" plan -e \(file)")
            #expect(run.status == 2)
            #expect(run.text.hasPrefix("/dev/stdin:1:1: the environment has no `name:`, "), "\(run.text)")
        }
    }

    @Test func aPipeThatNobodyWritesToEndsAtTheFirstSignal() async throws {
        try await Files.withTemporaryDirectory { folder in
            let run = try await shell(
                "mkfifo \"$1\"/lab.yaml; timeout -s INT -k 20 --preserve-status 1 \"$0\" plan -e \"$1\"/lab.yaml",
                folder: folder)
            #expect(run.status == 130, "\(run.text)")
        }
    }
}
