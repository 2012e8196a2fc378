import Model

/// Rules for ports.
enum PortRules {
    static let all = [
        LintRule(name: "ports-exposed", summary: "what the image exposes is what the recipe listens on") {
            recipe, report in
            let exposed = recipe.lineage.flatMap { ancestor in
                (ancestor.dockerfile?.all("EXPOSE") ?? []).flatMap { instruction in
                    ports(of: instruction, in: ancestor.dockerfile).map { (port: $0, instruction: instruction) }
                }
            }
            guard let service = recipe.service else {
                for (port, instruction) in exposed where instruction.place.file == recipe.dockerfile?.file {
                    report(instruction.place, "EXPOSE \(port), and this image has no service", "remove the line")
                }
                return
            }
            let listened = service.listeners.map { Port(number: $0.port, isUDP: $0.transport == .udp) }
            for (port, instruction) in exposed where !listened.contains(port) {
                report(
                    instruction.place, "EXPOSE \(port), and no listener of the recipe has the port",
                    "name it under `listeners:`, or remove the line")
            }
            for listener in service.listeners {
                let port = Port(number: listener.port, isUDP: listener.transport == .udp)
                if !exposed.contains(where: { $0.port == port }) {
                    report(
                        recipe.place("service", "listeners", listener.name, "port"),
                        "listener \(listener.name) has port \(port), which the Dockerfile does not expose",
                        "write `EXPOSE \(port)`")
                }
            }
        },
        LintRule(name: "ports-served", summary: "the configuration says the ports that are listened on") {
            recipe, report in
            guard let service = recipe.service else { return }
            var texts = recipe.renderedTexts.map(\.text)
            texts += recipe.commands.map { $0.words.joined(separator: " ") }
            texts += service.settings.map { "\($0.standard)" }
            texts += (recipe.document.node["service"]?["environment"]?.entries ?? []).compactMap {
                $0.value.scalar?.text
            }
            for ancestor in recipe.lineage where ancestor.parent != nil {
                texts += ancestor.dockerfile?.all("ENV").map(\.arguments) ?? []
                texts += ancestor.imageCommands.map { $0.words.joined(separator: " ") }
                texts += ancestor.files.filter { !isDescription($0.path) }.map(\.text)
            }
            for listener in service.listeners {
                let number = "\(listener.port)"
                let isSaid = texts.contains { text in
                    text.split { !$0.isNumber }.contains { $0 == number }
                }
                if isSaid { continue }
                report(
                    recipe.place("service", "listeners", listener.name, "port"),
                    "nothing in the recipe makes the service listen on port \(listener.port)",
                    "state the port in a file or in the command")
            }
        },
        LintRule(name: "ports-declared", summary: "a port that the configuration binds is a listener's") {
            recipe, report in
            guard let service = recipe.service else { return }
            for text in recipe.renderedTexts {
                guard case .key(_, _, let key) = text.position,
                    key.hasOccurrence(of: #/^(?:bind[_-]port|.*_listen_port|https?-socket)$/#),
                    let match = text.text.wholeMatch(of: #/(?:[^{}]*:)?(\d+)(?:,.*)?/#), let port = Int(match.1),
                    !service.listeners.contains(where: { $0.port == port })
                else { continue }
                report(
                    text.place, "\(key) binds port \(port), and no listener of the recipe has it",
                    "name it under `listeners:`")
            }
        },
    ]

    struct Port: Hashable, CustomStringConvertible {
        let number: Int
        let isUDP: Bool

        var description: String { isUDP ? "\(number)/udp" : "\(number)" }
    }

    private static func isDescription(_ path: String) -> Bool {
        path == "recipe.yaml" || path == "Dockerfile" || path.hasPrefix("templates/") || path.hasPrefix("test/")
            || path.hasSuffix(".md")
    }

    private static func ports(of instruction: Dockerfile.Instruction, in dockerfile: Dockerfile?) -> [Port] {
        var text = instruction.arguments
        for (name, value) in dockerfile?.variables ?? [:] {
            text = text.replacing("${\(name)}", with: value).replacing("$\(name)", with: value)
        }
        return DockerfileWords.split(text).flatMap { word -> [Port] in
            let parts = word.split(separator: "/")
            let isUDP = parts.count > 1 && parts[1].lowercased() == "udp"
            let bounds = (parts.first ?? "").split(separator: "-").compactMap { Int($0) }
            guard let first = bounds.first, let last = bounds.last, first <= last, last <= 65535 else { return [] }
            return (first...last).map { Port(number: $0, isUDP: isUDP) }
        }
    }
}
