import CommandLine
import Layouts
import Recipes
import System

/// The names of a source; none where they cannot be found, as nobody reads errors of a completion.
@Sendable func completionNames(
    of source: CompletionSource, prefix: String, _ arguments: ParsedArguments
) async -> [CompletionCandidate] {
    do {
        switch source {
        case .environments: return try environmentFiles(startingWith: prefix)
        case .members: return memberNames(of: try layout(arguments))
        case .services: return serviceNames(of: try layout(arguments))
        case .targets:
            let layout = try layout(arguments)
            return serviceNames(of: layout) + memberNames(of: layout)
        case .recipes:
            let recipes = try arguments.loadCatalog().recipes.values
            return recipes.map { CompletionCandidate($0.name, $0.summary) }.sorted { $0.word < $1.word }
        case .releases:
            let releases = try arguments.loadCatalog().releases.values
            return releases.map { CompletionCandidate($0.name, $0.summary) }.sorted { $0.word < $1.word }
        case .groups:
            let groups = try arguments.loadCatalog().recipes.values.flatMap { $0.image.groups.values }
            return Set(groups).sorted().map { CompletionCandidate($0) }
        }
    } catch {
        return []
    }
}

private func layout(_ arguments: ParsedArguments) throws -> Layout {
    try Layout(environment: arguments.loadEnvironment(), catalog: arguments.loadCatalog(), kept: [:])
}

private func serviceNames(of layout: Layout) -> [CompletionCandidate] {
    layout.services.map { CompletionCandidate($0.name, "service") }
}

private func memberNames(of layout: Layout) -> [CompletionCandidate] {
    layout.services.flatMap { service in
        service.members.flatMap { member in
            [CompletionCandidate(member.name, "member of \(service.name)")]
                + service.sidecarNames(of: member).map { CompletionCandidate($0, "sidecar of \(member.name)") }
        }
    }
}

/// YAML files and folders that the start of a path can become.
private func environmentFiles(startingWith prefix: String) throws -> [CompletionCandidate] {
    let folder = prefix.lastIndex(of: "/").map { String(prefix[...$0]) } ?? ""
    let name = prefix.dropFirst(folder.count)
    return try Files.names(in: folder.isEmpty ? "." : folder).compactMap { entry in
        guard name.hasPrefix(".") || !entry.hasPrefix(".") else { return nil }
        let path = folder + entry
        if Files.isDirectory(path) { return CompletionCandidate(path + "/") }
        return entry.hasSuffix(".yaml") || entry.hasSuffix(".yml") ? CompletionCandidate(path) : nil
    }
}
