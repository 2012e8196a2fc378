import Cryptography
import Layouts
import Model
import Recipes
import Rendering
import System

/// The keeper of every secret that an environment's recipes ask for: reads given ones, generates missing ones.
package struct SecretKeeper {
    package let state: EnvironmentState

    /// All secrets by key, and those that are to replace kept ones, which only a run that applies a plan may do.
    ///
    /// A kept secret is replaced by a generated one where it was given before and is no longer, where a new value was
    /// prepared, or where it lacks the form of its kind. Throws `Problems` where given ones cannot be used.
    package func secrets(for layout: Layout) async throws -> (all: [String: String], changed: [String: KeptSecret]) {
        // Where another run has kept new ones at the same time, they are the environment's.
        while true {
            if let found = try await secretsUnlessOthersKeepSome(for: layout) { return found }
        }
    }

    private func secretsUnlessOthersKeepSome(
        for layout: Layout
    ) async throws -> (all: [String: String], changed: [String: KeptSecret])? {
        let kept = try await state.keptSecrets()
        let prepared = try await state.preparedReplacements()
        var secrets = kept.mapValues(\.value)
        var new: [String: KeptSecret] = [:]
        var taken: [String: KeptSecret] = [:]
        var changed: [String: KeptSecret] = [:]
        var known: Set<String> = []
        var problems: [Problem] = []
        for service in layout.services {
            for (key, recipe) in Resolver.secretKeys(service.recipe.keptValues, of: service) {
                let isFirst = known.insert(key).inserted
                if let given = layout.environment.secrets[key] {
                    do {
                        let secret = KeptSecret(value: try read(given, as: recipe), isGiven: true)
                        if kept[key] == nil {
                            new[key] = secret
                        } else if kept[key]?.value == secret.value {
                            // A secret that an earlier program took is noted as given, too.
                            if kept[key] != secret { taken[key] = secret }
                        } else {
                            changed[key] = secret
                        }
                        secrets[key] = secret.value
                    } catch let error as Problems {
                        problems += error.all
                    }
                } else if let own = kept[key] {
                    let isReplaced =
                        own.isGiven || prepared.contains(key) || !SecretText(own.value, of: recipe).isWhole
                    guard isFirst, isReplaced else { continue }
                    let secret = KeptSecret(value: try await replacement(of: key, kind: recipe.kind), isGiven: false)
                    changed[key] = secret
                    secrets[key] = secret.value
                } else if secrets[key] == nil {
                    let secret = KeptSecret(value: try generate(recipe.kind), isGiven: false)
                    new[key] = secret
                    secrets[key] = secret.value
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
        guard try await state.add(secrets: new) else { return nil }
        try await state.put(secrets: taken)
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
        var text = try withGivenFiles(at: given.place) { try Files.readGivenText(given.file) }
        // "\r\n" is one character.
        if text.hasSuffix("\n") || text.hasSuffix("\r\n") { text.removeLast() }
        if text.isEmpty || text.utf8.contains(10) || text.utf8.contains(13) || text.contains("\0") {
            throw Problems(at: given.place, "\(given.file) must hold one line and nothing else")
        }
        if let problem = SecretText(text, of: recipe).problem(file: given.file) {
            throw Problems(at: given.place, problem.complaint, remedy: problem.remedy)
        }
        return text
    }

    /// The secret that replaces a kept one: the same in every plan until one is carried out.
    func replacement(of key: String, kind: SecretRecipe.Kind) async throws -> String {
        if let value = try await state.replacement(of: key) { return value }
        return try await state.add(replacement: try generate(kind), of: key)
    }

    private func generate(_ kind: SecretRecipe.Kind) throws -> String {
        switch kind {
        case .password, .cipherKey: try SecretGenerator.password()
        case .fernetKey: try SecretGenerator.fernetKey()
        case .hex: try SecretGenerator.hex()
        case .uuid: try SecretGenerator.uuid()
        case .cephKey:
            try SecretGenerator.cephKey(madeAt: UInt32(truncatingIfNeeded: millisecondsSince1970() / 1000))
        }
    }
}
