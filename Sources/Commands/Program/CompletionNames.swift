import System

/// The names of a source; where they cannot be found out there are none, since nobody reads errors of a completion.
@Sendable func completionNames(
    of source: CompletionSource, prefix: String, _ arguments: ParsedArguments
) async -> [CompletionCandidate] {
    switch source {
    case .environments: environmentFiles(startingWith: prefix)
    case .members, .services, .targets, .recipes, .releases, .groups: []
    }
}

/// YAML files and folders that the start of a path can become.
private func environmentFiles(startingWith prefix: String) -> [CompletionCandidate] {
    let folder = prefix.lastIndex(of: "/").map { String(prefix[...$0]) } ?? ""
    let name = prefix.dropFirst(folder.count)
    let names = (try? Files.names(in: folder.isEmpty ? "." : folder)) ?? []
    return names.compactMap { entry in
        guard name.hasPrefix(".") || !entry.hasPrefix(".") else { return nil }
        let path = folder + entry
        if Files.isDirectory(path) { return CompletionCandidate(path + "/") }
        return entry.hasSuffix(".yaml") || entry.hasSuffix(".yml") ? CompletionCandidate(path) : nil
    }
}
