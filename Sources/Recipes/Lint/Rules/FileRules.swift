import Model

/// Rules for the files that Minke renders into /etc/minke.
enum FileRules {
    static let all = [
        LintRule(name: "files-used", summary: "every rendered file is read by something in the image") {
            recipe, report in
            for file in recipe.service?.files ?? [] {
                let texts = readers(of: recipe, except: file.path)
                if texts.contains(where: { refers($0, to: file.path) }) || isNeeded(file.path, in: recipe) { continue }
                report(
                    recipe.document.keyPlace("service", "files", file.path),
                    "nothing in the image or the commands reads /etc/minke/\(file.path)",
                    "link it in the Dockerfile to where the program looks")
            }
        },
        LintRule(name: "files-options", summary: "a list of options that a file names is in catalog/options") {
            recipe, report in
            for file in recipe.service?.files ?? [] {
                guard let name = file.options, !recipe.optionLists.contains(name) else { continue }
                report(
                    recipe.place("service", "files", file.path, "options"),
                    "no release has a list of options \(name)",
                    Remedy.meant(by: name, among: recipe.optionLists.sorted())
                        ?? "add catalog/options/RELEASE/\(name).ini, or leave `options` out")
            }
        },
        LintRule(name: "files-rendered", summary: "a path below /etc/minke is one that the recipe renders") {
            recipe, report in
            guard let service = recipe.service else { return }
            let rendered = service.files.map(\.path)
            func check(_ path: String, at place: Place) {
                if rendered.contains(path) || rendered.contains(where: { $0.hasPrefix(path + "/") }) { return }
                report(
                    place, "/etc/minke/\(path) is named, and the recipe renders no such file",
                    Remedy.meant(by: path, among: rendered) ?? "add it under `files:`")
            }
            for (text, place) in mentions(of: recipe) {
                for match in text.occurrences(of: #/\/etc\/minke\/([A-Za-z0-9][\w.@+\/-]*)(.?)/#) {
                    // A path that continues with a variable or a pattern is not known here.
                    if "${*?[".contains(match.2), !match.2.isEmpty { continue }
                    var path = match.1
                    while let last = path.last, "/.-".contains(last) { path = path.dropLast() }
                    if !path.isEmpty {
                        check(
                            String(path),
                            at: place(text.utf8.distance(from: text.startIndex, to: match.range.lowerBound)))
                    }
                }
            }
            for (words, place) in recipe.commands + recipe.imageCommands {
                for path in neededFiles(words) { check(path, at: place) }
            }
        },
    ]

    /// The files that `minke-need FILE... --` waits for.
    private static func neededFiles(_ words: [String]) -> [String] {
        guard let start = words.firstIndex(of: "minke-need"), let end = words[start...].firstIndex(of: "--") else {
            return []
        }
        return Array(words[(start + 1)..<end])
    }

    private static func isNeeded(_ path: String, in recipe: LintedRecipe) -> Bool {
        (recipe.commands + recipe.lineage.flatMap(\.imageCommands)).contains { neededFiles($0.words).contains(path) }
    }

    /// Whether a text names a file below /etc/minke, or a folder that holds the file.
    private static func refers(_ text: String, to path: String) -> Bool {
        var names = ["/etc/minke/\(path)"]
        let parts = path.split(separator: "/")
        for depth in 0..<parts.count - 1 { names.append("/etc/minke/" + parts[0...depth].joined(separator: "/")) }
        names.append("/etc/minke")
        for (index, name) in names.enumerated() {
            var rest = text[...]
            while let range = rest.firstRange(of: name) {
                var after = text[range.upperBound...]
                // A folder stands for its files, also as DIR/, DIR/* and DIR/$name.
                if index > 0, after.first == "/" { after = after.dropFirst() }
                let next = after.first
                if next.map({ !$0.isLetter && !$0.isNumber && !"_-/.".contains($0) }) ?? true { return true }
                if next == ".", after.dropFirst().first?.isWhitespace ?? true { return true }
                rest = text[range.upperBound...]
            }
        }
        return false
    }

    /// The texts in which a file may be read: commands, files of the image such as scripts, and other rendered files.
    private static func readers(of recipe: LintedRecipe, except path: String) -> [String] {
        var texts = (recipe.commands + recipe.lineage.flatMap(\.imageCommands)).map { $0.words.joined(separator: " ") }
        for ancestor in recipe.lineage where ancestor.parent != nil {
            texts += ancestor.files.filter {
                $0.path != "recipe.yaml" && !$0.path.hasPrefix("templates/") && !$0.path.hasPrefix("test/")
            }.map(\.text)
        }
        for text in recipe.renderedTexts {
            switch text.position {
            case .key(let file, _, _), .file(let file): if file != path { texts.append(text.text) }
            case .template: texts.append(text.text)
            }
        }
        return texts
    }

    /// The recipe's own texts that may name rendered files.
    private static func mentions(of recipe: LintedRecipe) -> [(text: String, place: (Int) -> Place)] {
        var mentions: [(String, (Int) -> Place)] = []
        for (words, place) in recipe.commands { mentions.append((words.joined(separator: " "), { _ in place })) }
        for instruction in recipe.dockerfile?.instructions ?? [] {
            mentions.append((instruction.arguments, instruction.place(ofByte:)))
        }
        for script in recipe.scripts where !script.path.hasPrefix("test/") {
            mentions.append((ShellText(script.text).codeText, script.place(ofByte:)))
        }
        for text in recipe.renderedTexts { mentions.append((text.text, text.place(ofByte:))) }
        return mentions
    }
}
