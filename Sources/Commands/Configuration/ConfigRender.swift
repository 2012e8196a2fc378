import Clouds
import CommandLine
import Model

extension CommandDefinition {
    static let configRender = CommandDefinition(
        "render",
        summary: "Show a member's rendered files",
        discussion: "Secrets are hidden; with --secrets they are shown.",
        examples: [("minke config render keystone1", "all files of a member")],
        options: [
            .flag("secrets", summary: "show secrets as they are"),
            .value("file", "PATH", summary: "only this file, as `keystone.conf`, with nothing around it"),
        ],
        arguments: [.required("member", .name(.members), summary: "a member of the environment")]
    ) { arguments in
        let files = try await Session(arguments).survey().renderedFiles(
            of: arguments.required("member"), path: arguments.string("file"), hidingSecrets: !arguments.flag("secrets"))
        arguments.show(RenderedFilesReport(files: files, isBare: arguments.string("file") != nil))
        return .done
    }
}

/// Rendered files for people and programs.
struct RenderedFilesReport: Report {
    let files: [RenderedFile]
    let isBare: Bool

    var value: Value {
        .list(
            files.map { file in
                [
                    "path": .string(file.path), "mode": .string(String(file.mode, radix: 8)),
                    "owner": .int(file.owner), "on-change": .string(file.cost.rawValue),
                    "text": .string(file.text),
                ]
            })
    }

    func text(_ style: Style) -> String {
        files.map { file in
            let body = file.text.hasSuffix("\n") ? String(file.text.dropLast()) : file.text
            if isBare { return body }
            return style.paint("# /etc/minke/\(file.path)", .bold) + "\n" + body
        }.joined(separator: "\n\n")
    }
}
