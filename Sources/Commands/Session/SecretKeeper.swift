import Cryptography
import Model
import Recipes
import Resolving
import System

/// Has every secret that an environment's recipes ask for: given ones read, missing ones generated and kept.
struct SecretKeeper {
    let state: EnvironmentState

    /// All secrets by key, and those that are to be kept in place of others, which only a run that applies may do.
    ///
    /// Throws `Problems` where given ones cannot be used.
    func secrets(for layout: Layout) throws -> (all: [String: String], changed: [String: String]) {
        var secrets = try state.secrets()
        var new: [String: String] = [:]
        var changed: [String: String] = [:]
        var known: Set<String> = []
        var problems: [Problem] = []
        for service in layout.services {
            for recipe in service.recipe.secrets {
                let key = Resolver.secretKey(recipe, service: service.name)
                known.insert(key)
                if let given = layout.environment.secrets[key] {
                    do {
                        let value = try read(given, as: recipe)
                        if secrets[key] == nil {
                            new[key] = value
                        } else if secrets[key] != value {
                            changed[key] = value
                        }
                        secrets[key] = value
                    } catch let error as Problems {
                        problems += error.all
                    }
                } else if secrets[key] == nil {
                    let value = try generate(recipe.kind)
                    new[key] = value
                    secrets[key] = value
                }
            }
        }
        for (key, given) in layout.environment.secrets.sorted(by: { $0.key < $1.key }) where !known.contains(key) {
            problems.append(
                Problem(
                    at: given.place, "no service of this environment has a secret \(key)",
                    remedy: Remedy.meant(by: key, among: known.sorted())))
        }
        if !problems.isEmpty { throw Problems(problems) }
        try state.put(secrets: new)
        return (secrets, changed)
    }

    private func read(_ given: Environment.GivenSecret, as recipe: SecretRecipe) throws -> String {
        let status = try withGivenFiles(at: given.place) { try Files.status(of: given.file, followingLinks: true) }
        if status.kind != .file {
            throw Problems(at: given.place, "\(given.file) is no file", remedy: "name one that holds the secret alone")
        }
        if status.mode & 0o077 != 0 {
            throw Problems(
                at: given.place, "\(given.file) holds a secret and others may read it",
                remedy: "run `chmod 600 \(given.file)`")
        }
        var text = try withGivenFiles(at: given.place) { try Files.readText(given.file) }
        if text.hasSuffix("\n") { text.removeLast() }
        if text.isEmpty || text.contains("\n") || text.contains("\0") {
            throw Problems(at: given.place, "\(given.file) must hold one line and nothing else")
        }
        if let problem = SecretText(text, of: recipe).problem(file: given.file) {
            throw Problems(at: given.place, problem.complaint, remedy: problem.remedy)
        }
        return text
    }

    private func generate(_ kind: SecretRecipe.Kind) throws -> String {
        switch kind {
        case .password: try SecretGenerator.password()
        case .fernetKey: try SecretGenerator.fernetKey()
        case .hex: try SecretGenerator.hex()
        case .uuid: try SecretGenerator.uuid()
        }
    }
}
