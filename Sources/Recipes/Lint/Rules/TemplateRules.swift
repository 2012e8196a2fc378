import Model

/// Rules for templates, most of them about escaping values for the language around them.
enum TemplateRules {
    static let all = [
        LintRule(name: "template-url", summary: "what stands in a URL's user and password is escaped") {
            recipe, report in
            for text in recipe.renderedTexts {
                var bytes = Array(text.text.utf8)
                for (_, range) in text.outputs {
                    for index in range { bytes[index] = UInt8(ascii: "x") }
                }
                for (expression, range) in text.outputs where isInCredentials(range, bytes) {
                    if expression.hasOccurrence(of: #/\|\s*urlpart\b/#) || recipe.isSafe(expression) { continue }
                    report(
                        text.place(ofByte: range.lowerBound),
                        "{{ \(expression) }} stands in a URL's user or password as it is",
                        "write {{ \(expression.unfiltered) | urlpart }}")
                }
            }
        },
        LintRule(name: "template-sql", summary: "what stands in SQL is quoted by a filter or macro") { recipe, report in
            reportPlain(recipe, report, in: ".sql", "SQL", "quote it with `replace` in a macro")
        },
        LintRule(name: "template-json", summary: "what stands in JSON is quoted") { recipe, report in
            reportPlain(recipe, report, in: ".json", "JSON", "write it with `| tojson`")
        },
        LintRule(name: "template-shell", summary: "what stands in a shell script is quoted") { recipe, report in
            for text in recipe.renderedTexts {
                guard text.text.hasOccurrence(of: #/^#!.*\b(?:ba|da)?sh\b/#) || text.fileName.contains(".sh") else {
                    continue
                }
                reportPlain(text, recipe, report, "a shell script", "let the script read it from a file")
            }
        },
        LintRule(name: "template-port", summary: "the port of another service is the one that it states") {
            recipe, report in
            let pattern =
                #/\b(requires\.[\w-]+)\.(?:address|name)\s*\}\}:(\d+)|\b(endpoints\.[\w-]+)\.host\s*\}\}:(\d+)/#
            for text in recipe.renderedTexts {
                for match in text.text.occurrences(of: pattern) {
                    let offset = text.text.utf8.distance(from: text.text.startIndex, to: match.range.lowerBound)
                    let remedy =
                        match.1.map { "write {{ \($0).ports.NAME }}" } ?? match.3.map { "write {{ \($0).port }}" }
                    report(
                        text.place(ofByte: offset), "port \(match.2 ?? match.4 ?? "") of another service is a literal",
                        remedy)
                }
            }
        },
        LintRule(name: "template-value", summary: "a value does not begin with the sign before it") { recipe, report in
            for text in recipe.renderedTexts {
                guard case .key(_, _, let key) = text.position, text.text.hasOccurrence(of: #/^\s*[=:]\s/#) else {
                    continue
                }
                report(text.place, "the value of \(key) begins with \(text.text.trimmingBlanks().prefix(1))", nil)
            }
        },
        LintRule(name: "template-unused", summary: "every file in templates/ is rendered") { recipe, report in
            for file in recipe.templateFiles {
                let path = String(file.path.dropFirst("templates/".count))
                if !recipe.document.namedFiles.contains(path) {
                    report(
                        file.place, "nothing in recipe.yaml names templates/\(path)",
                        "name it under `files:`, or remove it")
                }
            }
        },
        LintRule(name: "template-map-file", summary: "a TFTP map file refers to groups that are there") {
            recipe, report in
            var files = recipe.files.filter { !$0.path.hasPrefix("templates/") && $0.path.contains("map-file") }
                .map { (text: $0.text, place: $0.place(ofByte:)) }
            files += recipe.renderedTexts.filter { $0.fileName.contains("map-file") }.map {
                ($0.text, $0.place(ofByte:))
            }
            for (text, place) in files {
                for match in text.occurrences(
                    of: #/^[ \t]*[a-zA-Z]*r[a-zA-Z]*[ \t]+(\S+)[ \t]+(\S+)/#.anchorsMatchLineEndings())
                {
                    let groups = match.1.replacing("\\(", with: "").count { $0 == "(" }
                    let named = match.2.occurrences(of: #/\\(\d)/#).compactMap { Int($0.1) }.max() ?? 0
                    guard named > groups else { continue }
                    report(
                        place(text.utf8.distance(from: text.startIndex, to: match.2.startIndex)),
                        "the rule names group \(named), and its pattern has \(groups)", nil)
                }
            }
        },
    ]

    private static func reportPlain(
        _ recipe: LintedRecipe, _ report: (Place?, String, String?) -> Void, in ending: String, _ language: String,
        _ remedy: String
    ) {
        for text in recipe.renderedTexts where text.fileName.contains(ending) {
            reportPlain(text, recipe, report, language, remedy)
        }
    }

    /// Reports outputs that are plain names, without a filter or macro that would escape them.
    private static func reportPlain(
        _ text: RenderedText, _ recipe: LintedRecipe, _ report: (Place?, String, String?) -> Void,
        _ language: String, _ remedy: String
    ) {
        for (expression, range) in text.outputs {
            guard LintedRecipe.isPlain(expression), !recipe.isSafe(expression) else { continue }
            report(text.place(ofByte: range.lowerBound), "{{ \(expression) }} stands in \(language) as it is", remedy)
        }
    }

    /// Whether an output lies between a URL's `://` and its `@`; in `bytes`, all outputs are replaced by letters.
    private static func isInCredentials(_ range: Range<Int>, _ bytes: [UInt8]) -> Bool {
        let ends = " \t\n/\"'".utf8
        guard bytes[range.upperBound...].prefix(while: { !ends.contains($0) }).contains(UInt8(ascii: "@")) else {
            return false
        }
        let before = bytes[..<range.lowerBound]
        guard let slash = before.lastIndex(where: { ends.contains($0) || $0 == UInt8(ascii: "@") }) else {
            return false
        }
        return before[...slash].suffix(3).elementsEqual("://".utf8)
    }
}
