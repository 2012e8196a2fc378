import Model

/// Rules for secrets.
enum SecretRules {
    static let all = [
        LintRule(name: "secret-literal", summary: "no password or token stands in a file of the catalogue") {
            recipe, report in
            for text in recipe.renderedTexts {
                if case .key(_, _, let key) = text.position, isSecret(key), isLiteral(text.text) {
                    report(
                        text.place, "\(key) has a literal value",
                        "name it under `secrets:` and write {{ secrets.NAME }}")
                }
                for match in text.text.occurrences(of: credentials) where isLiteral(String(match.1)) {
                    let offset = text.text.utf8.distance(from: text.text.startIndex, to: match.1.startIndex)
                    report(
                        text.place(ofByte: offset), "a URL has a literal password",
                        "name it under `secrets:` and write {{ secrets.NAME }}")
                }
                if case .key = text.position { continue }
                reportLines(of: text.text, text.place(ofByte:), report)
            }
            for file in recipe.files where isContent(file.path) {
                let code = file.isScript ? ShellText(file.text).codeText : file.text
                reportLines(of: code, file.place(ofByte:), report)
                for match in code.occurrences(of: credentials) where isLiteral(String(match.1)) {
                    let offset = code.utf8.distance(from: code.startIndex, to: match.1.startIndex)
                    report(file.place(ofByte: offset), "a URL has a literal password", "name it under `secrets:`")
                }
            }
        },
        LintRule(name: "secret-in-environment", summary: "no secret is in a container's or image's environment") {
            recipe, report in
            for instruction in recipe.dockerfile?.instructions ?? []
            where instruction.name == "ENV" || instruction.name == "ARG" {
                for (name, value) in DockerfileWords.assignments(instruction.arguments) where isSecret(name) {
                    if instruction.name == "ARG" || !(value ?? "").isEmpty {
                        report(
                            instruction.place, "\(instruction.name) \(name) puts a secret into the image",
                            "name it under `secrets:` and render it into a file")
                    }
                }
            }
            for entry in recipe.document.node["service"]?["environment"]?.entries ?? [] {
                guard let text = entry.value.scalar?.text else { continue }
                if text.hasOccurrence(of: #/\bsecrets\b/#) || (isSecret(entry.key) && !text.isEmpty) {
                    report(
                        entry.value.place, "\(entry.key) puts a secret into the container's environment",
                        "render it into a file; minke-env gives a file's lines to a program")
                }
            }
            for (key, _) in recipe.recipe?.image.arguments ?? [:] where isSecret(key) {
                report(recipe.place("image", "arguments", key), "\(key) puts a secret into the image", nil)
            }
        },
        LintRule(name: "secret-in-arguments", summary: "no secret is in a command line") { recipe, report in
            for (words, place) in recipe.commands + recipe.imageCommands {
                let line = words.joined(separator: " ")
                if line.hasOccurrence(of: argument) || line.hasOccurrence(of: #/\{[\{%][^}]*\bsecrets\b/#) {
                    report(place, "the command has a secret in its arguments", "let the program read it from a file")
                }
            }
            var shells = recipe.scripts.filter { isContent($0.path) }.map {
                (code: ShellText($0.text).codeText, place: $0.place(ofByte:))
            }
            for run in recipe.dockerfile?.all("RUN") ?? [] {
                shells.append((ShellText(run.arguments).codeText, run.place(ofByte:)))
            }
            for (code, place) in shells {
                for match in code.occurrences(of: argument) {
                    report(
                        place(code.utf8.distance(from: code.startIndex, to: match.range.lowerBound)),
                        "`\(match.output.trimmingBlanks())` puts a secret into a command line",
                        "let the program read it from a file")
                }
            }
        },
        LintRule(name: "secret-in-key", summary: "a secret is given to a key that takes one") { recipe, report in
            let takesSecret = #/pass|secret|token|key|auth|url|uri|connection|credential|cookie|hash|suffix|prefix/#
            for text in recipe.renderedTexts {
                guard case .key(_, _, let key) = text.position, !key.lowercased().hasOccurrence(of: takesSecret) else {
                    continue
                }
                if text.text.hasOccurrence(of: #/^\s*\{\{-?\s*secrets[.\[][^}|]*\}\}\s*$/#) {
                    report(text.place, "\(key) is given a secret, and its name says that it takes none", nil)
                }
            }
        },
        LintRule(name: "secret-as-setting", summary: "what is secret is under `secrets:`") { recipe, report in
            for setting in recipe.service?.settings ?? [] where isSecret(setting.name) {
                report(
                    recipe.document.keyPlace("service", "settings", setting.name),
                    "setting \(setting.name) is a secret by its name", "name it under `secrets:`")
            }
        },
    ]

    /// A pattern for a user and a password in a URL.
    private static var credentials: Regex<(Substring, Substring)> { #/:\/\/[^\/\s:@"'{}]+:([^\/\s@"']+)@/# }

    /// A pattern for an option that takes a secret, with its value.
    private static var argument: Regex<Substring> {
        #/--[\w-]*(?:password|passwd|token|secret)(?:=|\s+)["']?[^\s"'-][^\s"']*|\s-p"?\$\{?\w+/#
    }

    /// Whether a name sounds like that of a secret.
    static func isSecret(_ name: String) -> Bool {
        let pattern =
            #/(?:^|[_.-])(?:password|passwd|pass|secret|token|secret_key|api_key|encryption_key)$|^(?:requirepass|masterauth)$/#
        return name.lowercased().hasOccurrence(of: pattern)
    }

    /// Whether a value is a literal: no variable, template, path or switch.
    private static func isLiteral(_ value: String) -> Bool {
        let text = value.trimmingBlanks()
        return !text.isEmpty && !text.contains("{{") && !text.contains("$") && !text.contains("{%")
            && !text.hasPrefix("/") && !text.hasPrefix("<")
            && !["true", "false", "none", "null", "''", "\"\""].contains(text.lowercased())
    }

    private static func isContent(_ path: String) -> Bool {
        path != "recipe.yaml" && !path.hasPrefix("templates/") && !path.hasPrefix("test/") && !path.hasSuffix(".md")
    }

    /// Reports lines that assign a literal value to the name of a secret.
    private static func reportLines(
        of text: String, _ place: (Int) -> Place, _ report: (Place?, String, String?) -> Void
    ) {
        let line = #/^[ \t]*(?:export[ \t]+)?["']?([\w.-]+)["']?[ \t]*[=:][ \t]*["']?([^\s"',;#][^\s"',;]*)/#
        for match in text.occurrences(of: line.anchorsMatchLineEndings()) {
            guard isSecret(String(match.1)), isLiteral(String(match.2)) else { continue }
            let offset = text.utf8.distance(from: text.startIndex, to: match.1.startIndex)
            report(place(offset), "\(match.1) has a literal value", "name it under `secrets:`")
        }
    }
}
