import Cryptography
import System

/// The files of a checkout that the results of scenarios depend on, as lines with path, kind and hash of each.
struct ScenarioFiles: Sendable {
    /// The checkout's folder.
    let repository: String
    /// The files that every scenario depends on.
    private let common: [String]
    /// The environments, and the catalogue's files but for the recipes' own tests.
    private let catalog: [(recipe: String?, line: String)]

    init(repository: String) throws {
        self.repository = repository
        common =
            try [Self.describe("Package.swift", in: repository)]
            + ["Sources", "Tests/TestTools"].flatMap { try Self.describe(below: $0, in: repository) }
            + Self.describe(below: "scripts", in: repository) { !["full", "tests"].contains($0) }
            + Self.describe(below: "Tests/Scenarios", in: repository) { !$0.hasSuffix("Tests.swift") }
        catalog =
            try Self.describe(below: "environments", in: repository).map { (nil, $0) }
            + Files.tree("\(repository)/catalog", including: { !Self.isTest($0) }).filter { $0.status.kind == .file }
            .map { (Self.recipe(of: $0.path), try Self.describe("catalog/\($0.path)", in: repository)) }
    }

    /// Whether a program that was built of these files is as old as they are, or younger.
    func isCurrent(_ program: String) throws -> Bool {
        let built = try Files.status(of: program).modified
        for folder in ["Sources", "Tests/TestTools", "Tests/Scenarios"] {
            let newer = try Files.tree("\(repository)/\(folder)").contains {
                $0.status.kind == .file && $0.path.hasSuffix(".swift") && $0.status.modified > built
            }
            if newer { return false }
        }
        return true
    }

    /// The files that a suite's scenarios depend on: those of all, its own, and other suites' whose types it names, in
    /// any number of steps.
    ///
    /// - Parameter suite: the path of the suite's file.
    func of(suite: String) throws -> [String] {
        let all = try Files.tree("\(repository)/Tests/Scenarios").map { "Tests/Scenarios/\($0.path)" }
            .filter { $0.hasSuffix("Tests.swift") }
        var found = [String(suite.dropFirst(repository.count + 1))]
        var position = 0
        while position < found.count {
            let text = try Files.readText("\(repository)/\(found[position])")
            found += all.filter { other in
                !found.contains(other) && text.contains(Files.name(of: other).dropLast(".swift".count))
            }
            position += 1
        }
        return try common + found.sorted().map { try Self.describe($0, in: repository) }
    }

    /// The catalogue's files, without the recipes' own tests, and the environments.
    ///
    /// - Parameter recipes: the recipes whose files count; nil for all.
    func catalog(recipes: Set<String>?) -> [String] {
        catalog.filter { file in file.recipe.map { recipes?.contains($0) ?? true } ?? true }.map(\.line)
    }

    /// The recipe that a path below the catalogue belongs to; nil for any other.
    private static func recipe(of path: String) -> String? {
        let parts = path.split(separator: "/").map(String.init)
        return parts.count > 1 && parts[0] == "recipes" ? parts[1] : nil
    }

    private static func isTest(_ path: String) -> Bool {
        let parts = path.split(separator: "/")
        return parts.count > 2 && parts[0] == "recipes" && parts[2] == "test"
    }

    private static func describe(
        below folder: String, in repository: String, including: (String) -> Bool = { _ in true }
    ) throws -> [String] {
        try Files.tree("\(repository)/\(folder)", including: including).filter { $0.status.kind == .file }
            .map { try describe("\(folder)/\($0.path)", in: repository) }
    }

    private static func describe(_ path: String, in repository: String) throws -> String {
        let place = "\(repository)/\(path)"
        let kind = try Files.status(of: place).mode & 0o111 == 0 ? "file" : "program"
        return "\(path) \(kind) \(SHA256.hex(of: try Files.read(place)))"
    }
}
