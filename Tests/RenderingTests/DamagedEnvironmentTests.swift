import Layouts
import Model
import Recipes
import Rendering
import System
import TestEnvironments
import TestTools
import Testing

@testable import Cryptography

/// The repository's environments with a value or two damaged: each is taken or refused, and what is refused is told at
/// the operator's line, never at a recipe's.
@Suite struct DamagedEnvironmentTests {
    private static let root = repositoryFolder

    private static let pieces = [
        "-1", "0", "1.5", "99999999999999999999", "1e308", ".nan", "[]", "{}", "[{a: 1}]", "null", "~", "\"\"",
        "\"a b\"",
        "\"a\\nb\"", "x", "UPPER", "a_b", "ä", "\"1\u{A0}\"", "10.0.0.1", "10.0.0.0/8", "0.0.0.0/0", "224.0.0.0/24",
        "255.255.255.255", "198.18.34.0/28", "1.2.3.4.5", "::1", "http://x", "true", "{a: {b: c}}", "\"{{ x }}\"",
    ]

    /// Replaces the word after a colon or a comma, or a key's name, in some lines.
    private func damage(_ text: String, _ random: inout SeededGenerator) -> String {
        var words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        for _ in 0..<Int.random(in: 1...2, using: &random) {
            let index = Int.random(in: 0..<words.count, using: &random)
            let piece = Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &random)]
            // The line's end and a flow mapping's stay where they are.
            let word = words[index]
            let end = word.reversed().prefix { "\n}],:".contains($0) }.reversed()
            words[index] = piece + String(end)
        }
        return words.joined(separator: " ")
    }

    private func withoutComments(_ text: String) -> String {
        textLines(text).filter { !$0.hasPrefix("#") }
            .map { line in line.firstRange(of: "  #").map { line[..<$0.lowerBound] } ?? line }
            .joined(separator: "\n")
    }

    /// The environment worked out as far as it is without an engine.
    private func resolve(_ text: String) throws {
        let environment = try Environment.parse(text: text, file: "lab.yaml")
        let catalog = try Catalog.load(folder: Self.root + "/catalog", recipes: environment.services.map(\.name))
        let layout = try Layout(environment: environment, catalog: catalog, kept: [:])
        var secrets: [String: String] = [:]
        var images: [String: ObservedImage] = [:]
        for service in layout.services {
            for secret in service.recipe.secrets { secrets[Resolver.secretKey(secret, service: service.name)] = "x" }
            images[service.image] = ObservedImage(id: service.image, identity: service.name, recipe: service.name)
        }
        let unsigned = Resolver(layout: layout, secrets: secrets, images: images)
        let wanted = unsigned.wantedCertificates()
        for name in wanted.names.joined() { _ = try CertificateName(name) }
        let resolver = unsigned.having(wanted.samples)
        for member in try resolver.desiredState().members { _ = try resolver.files(ofMember: member.name) }
    }

    @Test(arguments: [("identity", 60), ("openstack", 30), ("openstack-2", 30)])
    func noMistakeIsToldAtARecipe(file: String, count: Int) throws {
        let text = withoutComments(try Files.readText("\(Self.root)/environments/\(file).yaml"))
        var random = SeededGenerator(seed: UInt64(file.utf8.count))
        var refused = 0
        for _ in 0..<count {
            let damaged = damage(text, &random)
            do {
                try resolve(damaged)
            } catch let problems as Problems {
                refused += 1
                for problem in problems.all {
                    #expect(problem.place?.file == "lab.yaml", "\(problem)\nof\n\(damaged)")
                }
            }
        }
        #expect(refused > count / 4)
    }
}
