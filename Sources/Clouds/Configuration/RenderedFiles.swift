import Model

extension Survey {
    /// The rendered files of a member.
    ///
    /// - Parameters:
    ///   - path: the one file to render; nil for all.
    ///   - hidingSecrets: whether `(secret)` stands in place of each secret.
    /// - Throws: `Problems` where the environment has no such member, or the member no such file.
    package func renderedFiles(of member: String, path: String?, hidingSecrets: Bool) throws -> [RenderedFile] {
        try checkMember(member)
        let resolver = hidingSecrets ? resolver.replacingSecrets(with: HiddenSecrets.word) : resolver
        var files = try resolver.files(ofMember: member)
        if let path {
            guard let file = files.first(where: { $0.path == path }) else {
                throw Problems(
                    "\(member) has no file \(path)",
                    remedy: Remedy.nearest(to: path, among: files.map(\.path), what: "file"))
            }
            files = [file]
        }
        if hidingSecrets {
            for index in files.indices { files[index].text = HiddenSecrets.hide(in: files[index].text) }
        }
        return files
    }

    /// Throws `Problems` where the environment has no such member.
    private func checkMember(_ name: String) throws {
        let names = desired.members.map(\.name)
        if names.contains(name) { return }
        throw Problems(
            "the environment has no member \(name)",
            remedy: Remedy.meant(by: name, among: names)
                ?? "it has \(names.joined(separator: ", "))")
    }
}

/// The word that is rendered in place of secrets, and the text that is shown for it.
enum HiddenSecrets {
    /// The word; a file may hold it in another form, such as a part of it.
    static let word = "MinkeHidesThisSecret"

    private static let shortestPart = 8

    /// The text with `(secret)` in place of each secret, and of each part of one that has at least eight characters.
    static func hide(in text: String) -> String {
        let word = Array(Self.word.utf8)
        let bytes = Array(text.utf8)
        guard bytes.count >= shortestPart else { return text }
        var shown: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let count =
                word.indices.map { start in
                    zip(word[start...], bytes[index...]).prefix { $0 == $1 }.count
                }.max() ?? 0
            if count >= shortestPart {
                shown += "(secret)".utf8
                index += count
            } else {
                shown.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: shown, as: UTF8.self)
    }
}
