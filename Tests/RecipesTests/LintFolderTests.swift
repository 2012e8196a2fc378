import Model
import System
import Testing

@testable import Recipes

/// The lint rules, shellcheck included, on a folder.
@Suite struct LintFolderTests {
    private func write(_ sample: LintSample, to folder: String) throws {
        for (path, text) in sample.files {
            try Files.makeDirectory(Files.folder(of: "\(folder)/\(path)"))
            try Files.write(text, to: "\(folder)/\(path)", mode: sample.executables.contains(path) ? 0o755 : 0o644)
        }
    }

    @Test func shellcheckLooksAtEveryScript() async throws {
        let temporary = try TemporaryDirectory()
        defer { try? temporary.remove() }
        let folder = temporary.path
        var sample = LintSample()
        sample.replace("exec x", with: "cd $HOME\nexec x", in: "x-start")
        sample.replace("test -x", with: "[ 1 == 1 ]; local a\ntest -x", in: "test/run")
        try write(sample, to: folder)
        let findings = try await Lint.findings(catalog: folder)
        #expect(Set(findings.map(\.rule)) == ["shellcheck"])
        #expect(
            findings.contains { finding in
                finding.recipe == "x" && finding.problem.place?.line == 3
                    && finding.problem.message.hasSuffix("(SC2086)")
            })
        #expect(findings.contains { $0.problem.place?.file.hasSuffix("x/test/run") == true })
        #expect(try await Lint.findings(catalog: folder, recipes: ["root"]) == [])
    }

    @Test func anUnknownRecipeIsRefused() async throws {
        let temporary = try TemporaryDirectory()
        defer { try? temporary.remove() }
        let folder = temporary.path
        try write(LintSample(), to: folder)
        await #expect(throws: Problems.self) { try await Lint.findings(catalog: folder, recipes: ["roof"]) }
    }
}
