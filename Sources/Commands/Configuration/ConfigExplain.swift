import Clouds
import CommandLine
import Layouts
import Model
import Recipes
import Rendering

extension CommandDefinition {
    static let configExplain = CommandDefinition(
        "explain",
        summary: "Show the members that a change of a setting or key would reach, and the means",
        discussion: """
            A key of a file is explained if its program knows it, whether or not the recipe sets it, and a file if a \
            service has it.
            """,
        examples: [
            ("minke config explain workers", "every file and member that reads a setting"),
            ("minke config explain keystone.conf [token] expiration", "one key of a file"),
            ("minke config explain keystone.conf/token/expiration", "the same"),
            ("minke config explain haproxy.cfg", "a whole file"),
        ],
        arguments: [
            .repeated(
                "key", required: true,
                summary: "a setting's name, SERVICE.SETTING, a secret's, a FILE, or FILE [SECTION] KEY")
        ]
    ) { arguments in
        let key = try explainedName(arguments.list("key"))
        let survey = try await Session(arguments).survey()
        let readers = ConfigReaders(layout: survey.resolver.layout, options: survey.catalog.options)
        let found = try readers.readers(of: key)
        if found.isEmpty {
            throw Problems(
                "nothing in this environment reads \(key)",
                remedy: Remedy.meant(by: key, among: try readers.names(near: key))
                    ?? "`minke config keys` lists what is read")
        }
        arguments.show(ExplainReport(key: key, readers: found))
        return .done
    }
}

/// The name that the words ask about: one word as it is, `FILE [SECTION] KEY` as `FILE/SECTION/KEY`.
func explainedName(_ words: [String]) throws(Problems) -> String {
    switch words.count {
    case 1: return words[0]
    case 3:
        var section = words[1][...]
        if section.hasPrefix("["), section.hasSuffix("]") { section = section.dropFirst().dropLast() }
        return "\(words[0])/\(section)/\(words[2])"
    default:
        throw Problems(
            "expected one name, or FILE [SECTION] KEY, found \(words.joined(separator: " "))",
            remedy: "put a section whose name has blanks in quotes")
    }
}

/// A report of the readers of a key.
struct ExplainReport: Report {
    let key: String
    let readers: [ConfigReader]

    var value: Value {
        .list(
            readers.map { reader in
                [
                    "service": .string(reader.service), "members": .list(reader.members.map(Value.string)),
                    "place": .string(reader.place), "set": .bool(reader.isSet), "means": .string(reader.means),
                    "interrupts": reader.interrupts.map(Value.string) ?? .null,
                ]
            })
    }

    func text(_ style: Style) -> String {
        var table = Table(["SERVICE", "READS IT IN", "A CHANGE MEANS", "MEMBERS"])
        for reader in readers {
            let means = reader.means + (reader.interrupts.map { ", interrupts \($0)" } ?? "")
            let place = reader.place + (reader.isSet ? "" : ", not set")
            table.add([reader.service, place, means, reader.members.joined(separator: " ")])
        }
        return table.text(style)
    }
}
