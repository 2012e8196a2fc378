import Model
import System

/// The program shellcheck as a lint rule.
enum ShellCheck {
    static let rule = LintRule(name: "shellcheck", summary: "shellcheck finds nothing in any script") { _, _ in }

    /// Runs shellcheck on scripts, by their paths.
    ///
    /// Sourced files are found beside the script, or by a path that begins with the name of the catalogue's folder.
    ///
    /// - Throws: `Problems` where shellcheck is not installed, or the error of its process where it fails.
    static func findings(
        in scripts: [(recipe: String, path: String)], catalog folder: String, parallel: Int
    ) async throws -> [Finding] {
        if scripts.isEmpty { return [] }
        let size = max(1, (scripts.count + parallel - 1) / max(1, parallel))
        let batches = stride(from: 0, to: scripts.count, by: size).map {
            Array(scripts[$0..<min($0 + size, scripts.count)])
        }
        return try await concurrently(batches) { try await run($0, catalog: folder) }.flatMap { $0 }
    }

    private static func run(_ scripts: [(recipe: String, path: String)], catalog folder: String) async throws
        -> [Finding]
    {
        let recipes = Dictionary(scripts.map { ($0.path, $0.recipe) }) { first, _ in first }
        let options = [
            "--norc", "--format=gcc", "--external-sources", "--source-path=SCRIPTDIR",
            "--source-path=\(Files.folder(of: folder))", "--",
        ]
        let result: SubprocessResult
        do {
            result = try await Subprocess("shellcheck", options + scripts.map(\.path), timeLimit: .seconds(300)).run()
        } catch let error as SystemError {
            throw Problems("scripts cannot be checked: \(error)", remedy: "install the package shellcheck")
        }
        // Status 1 means that there are findings; a higher one, that shellcheck failed.
        guard result.status == .exited(0) || result.status == .exited(1) else {
            try result.checked()
            return []
        }
        return textLines(result.outputText).compactMap { line in
            let pattern = #/^(.+?):(\d+):(\d+): (?:note|warning|error|style): (.*) \[(SC\d+)\]$/#
            guard let match = line.firstMatch(of: pattern), let number = Int(match.2), let column = Int(match.3) else {
                return nil
            }
            let path = String(match.1)
            var message = match.4
            if message.last == "." { message = message.dropLast() }
            return Finding(
                recipe: recipes[path] ?? "", rule: rule.name,
                problem: Problem(
                    at: Place(file: path, line: number, column: column), "\(message) (\(match.5))"))
        }
    }
}
