import System
import Testing

@testable import Commands

/// The shells' own completion, with the program that was built with the tests.
@Suite struct ShellTests {
    /// A folder with environment files, an odd name among them, and a folder.
    private func withFolder(_ body: @Sendable (String) async throws -> Void) async throws {
        try await Files.withTemporaryDirectory { folder in
            try Files.write("", to: "\(folder)/cloud.yaml")
            try Files.write("", to: "\(folder)/cloud two.yml")
            try Files.write("", to: "\(folder)/notes.txt")
            try Files.makeDirectory("\(folder)/clouds")
            try await body(folder)
        }
    }

    /// The catalogue of the source that the tests were built from.
    private let catalog = "\(Files.folder(of: #filePath))/../../catalog"

    private func run(_ shell: String, _ script: String, in folder: String) async throws -> String {
        let program = Files.folder(of: try Files.executablePath())
        let path = "\(program):\(environmentVariable("PATH") ?? "/usr/bin:/bin")"
        let result = try await Subprocess(
            shell, ["-c", script], environment: .adding(["PATH": path, "HOME": folder, "MINKE_CATALOG": catalog]),
            directory: folder,
            timeLimit: .seconds(20)
        ).run()
        #expect(result.errorText == "")
        return result.outputText
    }

    /// What bash offers for the last of `words`, split as bash splits them.
    private func bash(_ words: String..., in folder: String) async throws -> [String] {
        let line = words.map { "'\($0)'" }.joined(separator: " ")
        let script = """
            source <(minke completion bash)
            COMP_WORDS=(minke \(line))
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            handler=$(complete -p minke)
            handler=${handler#complete -F }
            ${handler% minke} minke "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
            ((${#COMPREPLY[@]} == 0)) || printf '%s\\n' "${COMPREPLY[@]}"
            """
        return try await run("bash", script, in: folder).split(separator: "\n").map(String.init)
    }

    @Test func bashCompletesCommandsOptionsAndValues() async throws {
        try await withFolder { folder async throws in
            #expect(try await bash("compl", in: folder) == ["completion"])
            #expect(try await bash("completion", "", in: folder) == ["bash", "zsh", "fish"])
            #expect(try await bash("--env", in: folder) == ["--environment"])
            #expect(try await bash("nonsense", "x", in: folder) == [])
        }
    }

    @Test func bashCompletesEnvironmentFilesInBothForms() async throws {
        try await withFolder { folder async throws in
            let files = [#"cloud\ two.yml"#, "cloud.yaml", "clouds/"]
            #expect(try await bash("-e", "clou", in: folder) == files)
            #expect(try await bash("--environment", "=", "clou", in: folder) == files)
            #expect(try await bash("--environment", "=", in: folder) == files)
            #expect(try await bash("-e", "\(folder)/clouds", in: folder) == ["\(folder)/clouds/"])
        }
    }

    @Test func bashCompletesMembersOfTheEnvironmentOnTheLine() async throws {
        try await withFolder { folder async throws in
            try Files.write("services:\n  mariadb: 1\n  memcached: 2\n", to: "\(folder)/data.yaml")
            #expect(
                try await bash("-e", "data.yaml", "exec", "m", in: folder) == ["mariadb1", "memcached1", "memcached2"])
            #expect(try await bash("exec", "m", in: folder) == [])
        }
    }

    @Test func bashCompletesFoldersItself() async throws {
        try await withFolder { folder async throws in
            #expect(try await bash("--catalog", "c", in: folder) == ["clouds"])
            #expect(try await bash("--catalog", "=", "c", in: folder) == ["clouds"])
        }
    }

    @Test func fishCompletes() async throws {
        try await withFolder { folder async throws in
            func fish(_ line: String) async throws -> [String] {
                let script = "minke completion fish | source; complete -C '\(line)'"
                return try await run("fish", script, in: folder).split(separator: "\n").map(String.init)
            }
            #expect(try await fish("minke completion ") == ["bash", "fish", "zsh"])
            #expect(try await fish("minke vers") == ["version\tShow the program's version"])
            #expect(try await fish("minke -e cloud.") == ["cloud.yaml"])
            #expect(try await fish("minke --environment=cloud.") == ["--environment=cloud.yaml"])
            #expect(try await fish("minke --catalog cl").contains { $0.hasPrefix("clouds/") })
        }
    }

    @Test func zshReadsItsScript() async throws {
        try await withFolder { folder async throws in
            let script = "autoload -Uz compinit; compinit -D -u; source <(minke completion zsh); print $_comps[minke]"
            #expect(try await run("zsh", script, in: folder) == "_minke")
        }
    }
}
