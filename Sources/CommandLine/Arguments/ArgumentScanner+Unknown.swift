import Model

extension ArgumentScanner {
    /// The error about an option that does not exist here, with the nearest name or the command that has the option.
    package func unknownOption(_ spelling: String, in word: String? = nil) -> UsageError {
        let place = word.flatMap { $0 == spelling ? nil : " in \($0)" } ?? ""
        let remedy = word.flatMap(longForm) ?? remedy(forOption: spelling)
        return UsageError("unknown option \(spelling)\(place)", remedy: remedy, at: path)
    }

    /// The remedy for a word such as `-json`, which most likely means `--json`; nil if there is no such option.
    private func longForm(of word: String) -> String? {
        let name = word.dropFirst()
        return path.options.contains { $0.name == name } ? "the option is --\(name)" : nil
    }

    private func remedy(forOption spelling: String) -> String? {
        let isShort = !spelling.hasPrefix("--")
        let name = String(spelling.drop { $0 == "-" })
        func matches(_ option: OptionDefinition) -> Bool {
            isShort ? option.short.map(String.init) == name : option.name == name
        }
        if let owner = owners(below: path.current, prefix: path.text, of: matches).first {
            return "it is an option of \(owner): write it after that command"
        }
        if isShort { return nil }
        let names = path.options.filter { !$0.isHidden }.map(\.name)
        return nearestName(to: name, among: names).map { "the nearest is --\($0)" }
    }

    private func owners(
        below command: CommandDefinition, prefix: String, of matches: (OptionDefinition) -> Bool
    ) -> [String] {
        command.visibleSubcommands.flatMap { inner -> [String] in
            let name = "\(prefix) \(inner.name)"
            let own = (inner.options + inner.sharedOptions).contains(where: matches) ? [name] : []
            return own + owners(below: inner, prefix: name, of: matches)
        }
    }

    /// The error about a command that does not exist here, with the nearest name or the place where the command exists.
    package func unknownCommand(_ word: String) -> UsageError {
        let commands = path.current.visibleSubcommands
        var remedy: String?
        if let near = nearestName(to: word, among: commands.map(\.name)) {
            remedy = "the nearest is \(path.text) \(near)"
        } else if let elsewhere = commands.first(where: { $0.subcommand(named: word) != nil }) {
            remedy = "there is \(path.text) \(elsewhere.name) \(word)"
        } else if path.commands.count > 1 {
            remedy = "there are \(commands.map(\.name).joined(separator: ", "))"
        }
        return UsageError("unknown command '\(word)'", remedy: remedy, at: path)
    }
}
