import Model
import System

/// Rules for scripts and for the commands of Dockerfiles.
enum ScriptRules {
    static let all = [
        LintRule(name: "script-mode", summary: "a script can be run, and stops at the first failure") {
            recipe, report in
            for script in recipe.scripts where script.interpreter != nil {
                if !script.isExecutable {
                    report(script.place, "\(script.path) has an interpreter and is not executable", "chmod +x it")
                }
                let code = ShellText(script.text).codeText
                var missing: [String] = []
                if !code.hasOccurrence(of: #/\bset\s+[^\n;]*-[a-z]*e|\bset\s+-o\s+errexit/#) { missing.append("-e") }
                if !code.hasOccurrence(of: #/\bset\s+[^\n;]*-[a-z]*u|\bset\s+-o\s+nounset/#) { missing.append("-u") }
                if script.interpreter == "bash", !code.hasOccurrence(of: #/\bset\s[^\n;]*pipefail/#) {
                    missing.append("-o pipefail")
                }
                if !missing.isEmpty {
                    report(
                        script.place,
                        "\(script.path) goes on after a failure: it does not set \(missing.joined(separator: ", "))",
                        script.interpreter == "bash" ? "begin it with `set -euo pipefail`" : "begin it with `set -eu`")
                }
            }
        },
        LintRule(name: "script-variables", summary: "a variable that is read has a value or a default") {
            recipe, report in
            let given = knownVariables(of: recipe)
            for script in recipe.scripts {
                let shell = ShellText(script.text)
                let names = given.union(ShellNames.assigned(in: shell.codeText))
                    .union(sourced(by: shell.codeText, in: recipe))
                for use in shell.uses where isUnknown(use, names) {
                    report(
                        script.place(ofByte: use.offset), "nothing gives \(use.name) a value",
                        "write ${\(use.name):-default}, or ${\(use.name):?} where it must be given")
                }
            }
            guard let dockerfile = recipe.dockerfile else { return }
            let declared = given.union(dockerfile.variables.keys)
            for instruction in dockerfile.instructions where instruction.json == nil {
                let shell = ShellText(instruction.arguments)
                let own = instruction.name == "RUN" ? ShellNames.assigned(in: shell.codeText) : []
                for use in shell.uses where isUnknown(use, declared.union(own)) {
                    report(
                        instruction.place(ofByte: use.offset), "nothing gives \(use.name) a value",
                        "declare it with ARG or ENV")
                }
            }
        },
        LintRule(name: "script-sed", summary: "values do not become a part of sed's language") { recipe, report in
            for (code, uses, place) in shells(of: recipe) {
                for match in code.occurrences(of: #/\bsed\s(?:[^;&|\n"']|\\\n|"(?:[^"\\]|\\.)*"|'[^']*')*/#) {
                    guard match.output.hasOccurrence(of: #/\s(?:-[a-zA-Z]*i|--in-place)/#) else { continue }
                    for text in match.output.occurrences(of: #/"(?:[^"\\]|\\.)*\bs([/|#,@:!%])(?:[^"\\]|\\.)*"/#) {
                        let start = code.utf8.distance(from: code.startIndex, to: text.range.lowerBound)
                        let end = code.utf8.distance(from: code.startIndex, to: text.range.upperBound)
                        guard let use = uses.first(where: { start..<end ~= $0.offset }) else { continue }
                        report(
                            place(use.offset),
                            "sed -i gets the value of \(use.name), in which &, \\ and the delimiter do harm",
                            "render the file with Minke")
                    }
                }
            }
        },
        LintRule(name: "script-substitution", summary: "what a test compares is not thrown away") { recipe, report in
            for (code, _, place) in shells(of: recipe) {
                let pattern = #/(?:\[\[?\s|\btest\s)[^\]\n]*\$\([^)\n]*[^2]>\s*\/dev\/null[^)\n]*\)/#
                for match in code.occurrences(of: pattern) {
                    report(
                        place(code.utf8.distance(from: code.startIndex, to: match.range.lowerBound)),
                        "the output of $(...) goes to /dev/null, so the test never sees any",
                        "test the status: `if command`")
                }
            }
        },
        LintRule(name: "script-pipe", summary: "no command in a pipe stops before it has read everything") {
            recipe, report in
            for script in recipe.scripts where script.interpreter == "bash" {
                let code = ShellText(script.text).codeText
                let pattern =
                    #/
                    [^|] \| \s* (
                        head\b | grep \s+ (?: -\w+ \s+ (?: \d+ \s+ )? )* -[a-zA-Z]*[qm][a-zA-Z]*
                        | grep \s [^|;&\n]* -- (?: quiet | max-count )
                    )
                    /#
                for match in code.occurrences(of: pattern) {
                    report(
                        script.place(ofByte: code.utf8.distance(from: code.startIndex, to: match.1.startIndex)),
                        "`\(match.1)` ends while the command before it still writes: with pipefail, that is a failure",
                        match.1.contains("q")
                            ? "take `grep ... >/dev/null`"
                            : "take `sed -n 1p`" + (match.1.hasPrefix("head") ? "" : " after it"))
                }
            }
        },
        LintRule(name: "script-services", summary: "no script manages services: a container runs one") {
            recipe, report in
            for (code, _, place) in shells(of: recipe) {
                let pattern = #/\bsystemctl\s|\/etc\/init\.d\/\w|\bservice\s+[\w-]+\s+(?:start|stop|restart|reload)\b/#
                for match in code.occurrences(of: pattern) {
                    report(
                        place(code.utf8.distance(from: code.startIndex, to: match.range.lowerBound)),
                        "`\(match.output.trimmingBlanks())` manages a service in the container",
                        "run it in the foreground, in a container of its own")
                }
            }
        },
        LintRule(name: "script-sleep", summary: "no script waits for a fixed time") { recipe, report in
            for (code, _, place) in shells(of: recipe) {
                for match in code.occurrences(of: #/\bsleep\s+(\d+)\b(?!\.)/#) where (Int(match.1) ?? 0) >= 5 {
                    report(
                        place(code.utf8.distance(from: code.startIndex, to: match.range.lowerBound)),
                        "`\(match.0)` waits whether it is needed or not", "look again at short intervals, with a limit")
                }
            }
        },
    ]

    /// The environment variables that the recipe's scripts can rely on.
    private static func knownVariables(of recipe: LintedRecipe) -> Set<String> {
        var names = ShellNames.ofEveryShell
        // Builders and proxies set these.
        for name in ["http_proxy", "https_proxy", "ftp_proxy", "no_proxy", "all_proxy"] {
            names.formUnion([name, name.uppercased()])
        }
        names.formUnion((recipe.service?.environment ?? []).map(\.key))
        for ancestor in recipe.lineage {
            for instruction in ancestor.dockerfile?.all("ENV") ?? [] {
                names.formUnion(DockerfileWords.assignments(instruction.arguments).map(\.name))
            }
        }
        // The helper minke-env puts the lines of a rendered file into a program's environment.
        for file in recipe.templateFiles where file.path.contains(".env") {
            names.formUnion(ShellNames.assigned(in: file.text))
        }
        return names
    }

    /// The variables that a script's sourced files set.
    private static func sourced(by code: String, in recipe: LintedRecipe) -> Set<String> {
        var names: Set<String> = []
        for match in code.occurrences(of: #/(?:^|[\s;&|])(?:\.|source)\s+\S*?([\w.-]+)["']?(?:\s|;|$)/#) {
            for file in recipe.lineage.flatMap(\.files) where Files.name(of: file.path) == match.1 {
                names.formUnion(ShellNames.assigned(in: ShellText(file.text).codeText))
            }
        }
        return names
    }

    private static func isUnknown(_ use: ShellText.Use, _ names: Set<String>) -> Bool {
        !use.hasDefault && !names.contains(use.name) && !use.name.hasPrefix("MINKE_")
    }

    /// The recipe's scripts, and the commands that its Dockerfile runs.
    private static func shells(
        of recipe: LintedRecipe
    ) -> [(code: String, uses: [ShellText.Use], place: (Int) -> Place)] {
        var shells: [(String, [ShellText.Use], (Int) -> Place)] = []
        for script in recipe.scripts {
            let shell = ShellText(script.text)
            shells.append((shell.codeText, shell.uses, script.place(ofByte:)))
        }
        for run in recipe.dockerfile?.all("RUN") ?? [] {
            let shell = ShellText(run.arguments)
            shells.append((shell.codeText, shell.uses, run.place(ofByte:)))
        }
        return shells
    }
}
