import Model

/// Rules for an image's content, user and command.
enum ImageRules {
    static let all = [
        LintRule(name: "image-command", summary: "the service is the container's first process") { recipe, report in
            for instruction in recipe.dockerfile?.instructions ?? []
            where instruction.name == "CMD" || instruction.name == "ENTRYPOINT" {
                if instruction.json == nil {
                    report(
                        instruction.place,
                        "\(instruction.name) has no JSON form, so a shell is the container's first process",
                        "write \(instruction.name) [\"program\", \"argument\"]")
                }
            }
            guard let service = recipe.service, service.command == nil else { return }
            if !recipe.lineage.contains(where: { !$0.imageCommands.isEmpty }) {
                report(
                    recipe.place("service"), "neither recipe.yaml nor a Dockerfile says what runs",
                    "write `command:`, or CMD in the Dockerfile")
            }
        },
        LintRule(name: "image-user", summary: "the image runs as the service's user also without Minke") {
            recipe, report in
            guard let service = recipe.service else { return }
            let instruction = recipe.lineage.compactMap { $0.dockerfile?.all("USER").last }.first
            let user = instruction.flatMap { $0.words.first?.split(separator: ":").first.map(String.init) } ?? "root"
            let expected = service.user?.name ?? "root"
            if user == expected || user == service.user.map({ String($0.id) }) || (user == "0" && expected == "root") {
                return
            }
            let isOwn = instruction?.place.file == recipe.dockerfile?.file
            report(
                isOwn ? instruction?.place : recipe.place("service", "user"),
                "the image runs as \(user), and the service as \(expected)", "say the same in both")
        },
        LintRule(name: "image-content", summary: "the Dockerfile copies what is there, and all of it") {
            recipe, report in
            var copied: [String] = []
            for instruction in recipe.dockerfile?.instructions ?? []
            where instruction.name == "COPY" || instruction.name == "ADD" {
                let words = instruction.words.filter { !$0.hasPrefix("--") }
                if instruction.words.contains(where: { $0.hasPrefix("--from=") }) { continue }
                for source in words.dropLast() where !source.contains("://") && !source.contains("$") {
                    let path = source.hasPrefix("./") ? String(source.dropFirst(2)) : source
                    copied.append(path)
                    let found = recipe.paths.filter { covers(path, $0) }
                    if found.isEmpty {
                        report(
                            instruction.place, "there is no \(source) in the recipe's folder",
                            Remedy.meant(by: path, among: recipe.paths))
                    } else if let stray = found.first(where: { $0.hasPrefix("templates/") || $0.hasPrefix("test/") }) {
                        report(
                            instruction.place, "\(source) brings \(stray), which is no part of an image",
                            "name what the image needs")
                    }
                }
            }
            if let files = recipe.recipe?.image.root?.files { copied.append(files) }
            for path in recipe.paths where !isOutsideImage(path) && !copied.contains(where: { covers($0, path) }) {
                report(
                    recipe.file(path)?.place ?? recipe.place(),
                    "\(path) is in the recipe's folder, and nothing copies it",
                    "COPY it, or remove it")
            }
        },
    ]

    private static func isOutsideImage(_ path: String) -> Bool {
        ["recipe.yaml", "Dockerfile", "README.md", ".dockerignore"].contains(path) || path.hasPrefix("templates/")
            || path.hasPrefix("test/")
    }

    /// Whether the source of a COPY, a path or a pattern, includes a file.
    static func covers(_ source: String, _ path: String) -> Bool {
        if source == "." || source == path { return true }
        let folder = source.hasSuffix("/") ? source : source + "/"
        if path.hasPrefix(folder) { return true }
        guard source.contains("*") || source.contains("?") else { return false }
        let pattern = Array(source.utf8)
        let depth = source.split(separator: "/").count
        let start = path.split(separator: "/").prefix(depth).joined(separator: "/")
        return matches(pattern[...], Array(start.utf8)[...])
    }

    private static func matches(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        if first == UInt8(ascii: "*") {
            var rest = text
            while true {
                if matches(pattern.dropFirst(), rest) { return true }
                guard let next = rest.first, next != UInt8(ascii: "/") else { return false }
                rest = rest.dropFirst()
            }
        }
        guard let next = text.first, first == next || (first == UInt8(ascii: "?") && next != UInt8(ascii: "/")) else {
            return false
        }
        return matches(pattern.dropFirst(), text.dropFirst())
    }
}
