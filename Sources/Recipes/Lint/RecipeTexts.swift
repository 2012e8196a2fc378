import Documents
import Model

/// A text of a recipe that Minke renders, or that becomes part of an INI file.
struct RenderedText {
    enum Position {
        /// A key of an INI file.
        case key(file: String, section: String, name: String)
        /// A whole file, by its path below /etc/minke.
        case file(String)
        /// A file of templates/, by its path below that folder.
        case template(String)
    }

    let position: Position
    let text: String
    let place: Place

    /// The name of the text's file, by which rules know the file's kind.
    var fileName: String {
        switch position {
        case .key(let file, _, _), .file(let file), .template(let file): file
        }
    }

    func place(ofByte offset: Int) -> Place { TextPlaces.place(of: offset, in: text, from: place) }

    /// The expressions in `{{ }}`, trimmed, each with its byte range, braces included.
    var outputs: [(expression: String, range: Range<Int>)] {
        let bytes = Array(text.utf8)
        var outputs: [(String, Range<Int>)] = []
        var start: Int?
        var quote: UInt8?
        var index = 0
        while index + 1 < bytes.count {
            let pair = (bytes[index], bytes[index + 1])
            if let begin = start {
                if let open = quote {
                    if bytes[index] == open { quote = nil }
                } else if bytes[index] == UInt8(ascii: "'") || bytes[index] == UInt8(ascii: "\"") {
                    quote = bytes[index]
                } else if pair == (UInt8(ascii: "}"), UInt8(ascii: "}")) {
                    let inner = bytes[(begin + 2)..<index].filter { $0 != UInt8(ascii: "\n") }
                    let text = String(decoding: inner, as: UTF8.self)
                    outputs.append((text.trimmingBlanks(alsoDashes: true), begin..<(index + 2)))
                    start = nil
                    index += 1
                }
            } else if pair == (UInt8(ascii: "{"), UInt8(ascii: "{")) {
                start = index
                index += 1
            }
            index += 1
        }
        return outputs
    }
}

extension LintedRecipe {
    /// All texts of the recipe that become part of a rendered file, or of a provision's input.
    var renderedTexts: [RenderedText] {
        var texts: [RenderedText] = []
        for file in document.node["service"]?["files"]?.entries ?? [] {
            for section in file.value["ini"]?.entries ?? [] {
                for key in section.value.entries ?? [] {
                    let value = key.value.entries == nil ? key.value : key.value["value"]
                    for item in value?.items ?? value.map({ [$0] }) ?? [] {
                        let node = item["value"] ?? item
                        guard let scalar = node.scalar else { continue }
                        texts.append(
                            RenderedText(
                                position: .key(file: file.key, section: section.key, name: key.key),
                                text: scalar.text, place: node.textPlace))
                    }
                }
            }
            if let content = file.value["content"], let scalar = content.scalar {
                texts.append(
                    RenderedText(position: .file(file.key), text: scalar.text, place: content.textPlace))
            }
        }
        for file in templateFiles {
            texts.append(
                RenderedText(
                    position: .template(String(file.path.dropFirst("templates/".count))), text: file.text,
                    place: file.place))
        }
        return texts
    }

    /// The commands of recipe.yaml with their places: those of the service, its jobs, sidecars, probe, reload and
    /// provisions.
    var commands: [(words: [String], place: Place)] {
        guard let service else { return [] }
        var commands: [([String], Place)] = []
        if let command = service.command { commands.append((command, place("service", "command"))) }
        for job in service.jobs {
            commands.append((job.command.map(\.text), place("service", "jobs", job.name, "command")))
        }
        for sidecar in service.sidecars {
            func place(_ keys: String...) -> Place { document.place(["service", "sidecars", sidecar.name] + keys) }
            commands.append((sidecar.command, place("command")))
            if case .exec(let templates)? = sidecar.probe?.method {
                commands.append((templates.map(\.text), place("probe", "exec")))
            }
            if case .exec(let words)? = sidecar.reload { commands.append((words, place("reload", "exec"))) }
        }
        if case .exec(let templates)? = service.probe?.method {
            commands.append((templates.map(\.text), place("service", "probe", "exec")))
        }
        if case .exec(let words)? = service.reload { commands.append((words, place("service", "reload", "exec"))) }
        for provision in service.provides {
            commands.append((provision.exec, place("service", "provides", provision.name, "exec")))
        }
        return commands
    }

    /// The commands of the Dockerfile's `CMD` and `ENTRYPOINT`.
    var imageCommands: [(words: [String], place: Place)] {
        (dockerfile?.instructions ?? []).filter { $0.name == "CMD" || $0.name == "ENTRYPOINT" }
            .map { ($0.words, $0.place) }
    }

    /// Whether an expression needs no escaping anywhere: a setting of numbers, booleans or choices, or a value that
    /// Minke itself makes.
    func isSafe(_ expression: String) -> Bool {
        guard let match = expression.wholeMatch(of: #/(\w+)(?:\.([\w-]+)|\[['"]([\w-]+)['"]\])?.*/#) else {
            return false
        }
        let name = (match.2 ?? match.3).map { $0.replacing("_", with: "-") } ?? ""
        switch match.1 {
        case "settings":
            let setting = service?.settings.first { $0.name.replacing("_", with: "-") == name }
            return setting.map { $0.kind != .string && $0.kind != .list || $0.choices != nil } ?? false
        // An operator's secrets can have any characters.
        case "secrets", "grant", "common": return false
        default: return true
        }
    }

    /// Whether an expression is a name alone, without filter, call or operator.
    static func isPlain(_ expression: String) -> Bool {
        expression.wholeMatch(of: #/[A-Za-z_][\w.\-\[\]'"]*/#) != nil
    }
}

extension StringProtocol {
    /// The text without white space at its ends; with `alsoDashes`, also without the dashes of a template's tags.
    func trimmingBlanks(alsoDashes: Bool = false) -> String {
        func isBlank(_ character: Character) -> Bool { character.isWhitespace || (alsoDashes && character == "-") }
        return String(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    }
}

extension StringProtocol where SubSequence == Substring {
    /// The matches of a pattern with simple word boundaries: unlike the default of Swift's `Regex`, a full stop ends a
    /// word.
    func occurrences<Output>(of pattern: Regex<Output>) -> [Regex<Output>.Match] {
        matches(of: pattern.wordBoundaryKind(.simple))
    }

    func hasOccurrence<Output>(of pattern: Regex<Output>) -> Bool {
        firstMatch(of: pattern.wordBoundaryKind(.simple)) != nil
    }
}

extension StringProtocol where SubSequence == Substring {
    /// An expression without its filters.
    var unfiltered: String { prefix { $0 != "|" }.trimmingBlanks() }
}
