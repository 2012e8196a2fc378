import DockerEngine
import Model
import System
import Testing

/// A search for the secrets of an environment in places where they must not be.
struct SecretSearch {
    private let scenario: Scenario
    /// A text that identifies each secret: its value, or the longest line of a value with several lines.
    private let marks: [(key: String, mark: String)]

    init(of scenario: Scenario) async throws {
        self.scenario = scenario
        marks = try await CloudState.secrets(of: scenario).compactMap { key, value in
            // Certificates are public.
            let lines = value.split(separator: "\n").map(String.init)
            guard value.contains("PRIVATE KEY") || !value.contains("-----BEGIN") else { return nil }
            let start = lines.firstIndex { $0.contains("PRIVATE KEY") } ?? 0
            // A certificate may follow the key.
            let secret = lines[start...].prefix { !$0.hasPrefix("-----END") }
            let mark = secret.filter { !$0.hasPrefix("-----") }.max { $0.utf8.count < $1.utf8.count }
            guard let mark, mark.utf8.count >= 8 else { return nil }
            return (key, mark)
        }
        try #require(marks.count > 5, "\(marks.map(\.key))")
    }

    /// Requires that no secret is in a text.
    func requireNone(in text: String, _ what: String) throws {
        for (key, mark) in marks where text.contains(mark) {
            throw Problems("\(what) has the secret \(key)")
        }
    }

    /// Requires that no secret is in the engine's descriptions of containers, volumes, networks and images, in logs, or
    /// in plans.
    func requireNoneShown() async throws {
        for container in try await scenario.containers() {
            let details = try await scenario.engine.inspectContainer(container.id)
            try requireNone(in: JSON.text(details.raw), "the description of \(container.name)")
            let log = try await scenario.engine.logs(of: container.id).map(\.text).joined()
            try requireNone(in: log, "the log of \(container.name)")
            let image = try await docker("image", "inspect", "--format", "{{json .}}", container.image)
            try requireNone(in: image, "the description of \(container.image)")
            let history = try await docker("history", "--no-trunc", container.image)
            try requireNone(in: history, "the history of \(container.image)")
            if let member = container.labels[Labels.member] {
                let rendered = try await scenario.minke("config", "render", member).output
                try requireNone(in: rendered, "config render \(member)")
            }
        }
        for kind in ["volume", "network"] {
            let names = try await docker(kind, "ls", "--quiet", "--filter", "name=\(scenario.name)")
            let words = names.split(separator: "\n").map(String.init)
            if words.isEmpty { continue }
            try requireNone(in: try await docker([kind, "inspect"] + words), "the description of a \(kind)")
        }
        for words in [["plan", "--verify"], ["plan", "--json"], ["status", "--json"], ["ps", "--json"]] {
            let run = try await scenario.start(words)
            try requireNone(in: run.output + run.errors, "minke \(words.joined(separator: " "))")
        }
    }

    /// Requires that no secret is in a file of a container, outside volumes and memory, or in a file of its image.
    ///
    /// Files are searched where the engine keeps them: a folder for the changes of each container, and one for each
    /// layer of an image.
    func requireNoneInLayers() async throws {
        var folders: Set<String> = []
        for container in try await scenario.containers() {
            let raw = try await scenario.engine.inspectContainer(container.id).raw
            let layers = try #require(raw["GraphDriver"]?["Data"], "the engine does not use overlay file systems")
            for key in ["UpperDir", "LowerDir"] {
                for folder in try #require(layers[key]?.string).split(separator: ":") { folders.insert(String(folder)) }
            }
        }
        try #require(folders.allSatisfy(Files.exists), "\(folders.sorted())")
        try Files.write(
            marks.map { $0.mark + "\n" }.joined(), to: "\(scenario.folder)/marks", mode: 0o600)
        let words = ["--recursive", "--fixed-strings", "--files-with-matches", "--file", "marks", "--"]
        let found = try await Subprocess(
            "grep", words + folders.sorted(),
            environment: .adding(["LC_ALL": "C"]), directory: scenario.folder, timeLimit: .seconds(600)
        ).run()
        try #require(found.status.code == 1, "\(found.outputText)\(found.errorText)")
    }

    private func docker(_ words: String...) async throws -> String { try await docker(words) }

    private func docker(_ words: [String]) async throws -> String {
        try await Subprocess(
            "docker", words, environment: .adding(["DOCKER_HOST": scenario.engineAddress]), timeLimit: .seconds(60)
        ).run().checked().outputText
    }
}
