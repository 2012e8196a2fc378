import CommandLine
import Model
import Recipes
import System

extension CommandDefinition {
    static let configKeys = CommandDefinition(
        "keys",
        summary: "List every setting and secret that recipes read",
        discussion: "It needs neither an environment nor an engine.",
        examples: [("minke config keys", "the whole catalogue"), ("minke config keys keystone", "one recipe's")],
        arguments: [.recipes]
    ) { arguments in
        let catalog = try arguments.loadCatalog()
        let names = arguments.list("recipe")
        let unknown = names.filter { catalog.recipes[$0] == nil }.map { name in
            Problem(
                "there is no recipe \(name)",
                remedy: Remedy.nearest(to: name, among: catalog.recipes.keys, what: "recipe"))
        }
        if !unknown.isEmpty { throw Problems(unknown) }
        arguments.show(ConfigKeysReport(keys: catalog.configurationKeys(of: names.isEmpty ? nil : names)))
        return .done
    }

    static let configPages = CommandDefinition(
        "pages",
        summary: "Write a page in Markdown for every recipe, from its description",
        examples: [("minke config pages docs/recipes", "the pages of this repository")],
        arguments: [.required("folder", .folder, summary: "the folder for the pages; it is made if it is missing")]
    ) { arguments in
        let folder = arguments.required("folder")
        let pages = try arguments.loadCatalog().pages().sorted { $0.key < $1.key }
        try withGivenFiles {
            try Files.makeDirectory(folder)
            for (name, text) in pages { try Files.write(text, to: "\(folder)/\(name)") }
        }
        return .done
    }
}

/// A report of every key, for people and programs.
struct ConfigKeysReport: Report {
    let keys: [ConfigurationKey]

    var value: Value {
        .list(
            keys.map { key in
                [
                    "name": .string(key.name), "type": .string(key.type), "secret": .bool(key.isSecret),
                    "default": key.standard ?? .null, "help": .string(key.help),
                    "readers": .list(key.readers.map(Value.string)),
                    "change": key.means.map(Value.string) ?? .null,
                ]
            })
    }

    func text(_ style: Style) -> String {
        var table = Table(["KEY", "TYPE", "DEFAULT", "A CHANGE MEANS", "READ BY"])
        for key in keys {
            let standard = key.isSecret ? "(secret)" : key.standard.map { JSON.text($0) } ?? ""
            let readers = key.readers.count > 2 ? Array(key.readers.prefix(2)) + ["…"] : key.readers
            table.add([key.name, key.type, standard, key.means ?? "-", readers.joined(separator: "; ")])
        }
        return table.text(style)
    }
}
