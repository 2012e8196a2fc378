import Clouds
import CommandLine
import Model
import Rendering
import System

extension CommandDefinition {
    static let configRender = CommandDefinition(
        "render",
        summary: "Show a member's files as they are rendered for it",
        discussion: "Secrets are hidden; with --secrets they are shown.",
        examples: [("minke config render keystone1", "all files of a member")],
        options: [
            .flag("secrets", summary: "show secrets as they are"),
            .value("file", "PATH", summary: "only this file, as `keystone.conf`, with nothing around it"),
        ],
        arguments: [.required("member", .name(.members), summary: "a member of the environment")]
    ) { arguments in
        let survey = try await Session(arguments).survey()
        let name = arguments.required("member")
        try survey.checkMember(name)
        let hidden = arguments.flag("secrets") ? nil : RenderedFilesReport.hiddenWord
        let resolver = hidden.map(survey.resolver.replacingSecrets(with:)) ?? survey.resolver
        var files = try resolver.files(ofMember: name)
        if let path = arguments.string("file") {
            guard let file = files.first(where: { $0.path == path }) else {
                throw Problems(
                    "\(name) has no file \(path)",
                    remedy: Remedy.nearest(to: path, among: files.map(\.path), what: "file"))
            }
            files = [file]
        }
        arguments.show(RenderedFilesReport(files: files, isBare: arguments.string("file") != nil))
        return .done
    }
}

extension Survey {
    /// Throws `Problems` where the environment has no such member.
    func checkMember(_ name: String) throws {
        let names = desired.members.map(\.name)
        if names.contains(name) { return }
        throw Problems(
            "the environment has no member \(name)",
            remedy: Remedy.meant(by: name, among: names)
                ?? "it has \(names.joined(separator: ", "))")
    }
}

/// Rendered files for people and programs.
struct RenderedFilesReport: Report {
    /// The word that is rendered in place of a secret; a file may hold it in another form, such as a part of it.
    static let hiddenWord = "MinkeHidesThisSecret"

    let files: [RenderedFile]
    let isBare: Bool

    var value: Value {
        .list(
            files.map { file in
                [
                    "path": .string(file.path), "mode": .string(String(file.mode, radix: 8)),
                    "owner": .int(file.owner), "on-change": .string(file.cost.rawValue),
                    "text": .string(hide(file.text)),
                ]
            })
    }

    func text(_ style: Style) -> String {
        files.map { file in
            let text = hide(file.text)
            let body = text.hasSuffix("\n") ? String(text.dropLast()) : text
            if isBare { return body }
            return style.paint("# /etc/minke/\(file.path)", .bold) + "\n" + body
        }.joined(separator: "\n\n")
    }

    /// The text with `(secret)` in place of each secret, and of each part of one that has at least eight characters.
    private func hide(_ text: String) -> String {
        let word = Array(Self.hiddenWord.utf8)
        let bytes = Array(text.utf8)
        guard bytes.count >= Self.shortestPart else { return text }
        var shown: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let count =
                word.indices.map { start in
                    zip(word[start...], bytes[index...]).prefix { $0 == $1 }.count
                }.max() ?? 0
            if count >= Self.shortestPart {
                shown += "(secret)".utf8
                index += count
            } else {
                shown.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: shown, as: UTF8.self)
    }

    private static let shortestPart = 8
}
