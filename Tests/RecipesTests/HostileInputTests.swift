import Documents
import Model
import System
import TestTools
import Testing

@testable import Recipes

/// Damaged documents, which are accepted or refused with a place, and never crash the readers.
@Suite struct HostileInputTests {
    private static let docs = Files.folder(of: Files.folder(of: Files.folder(of: #filePath))) + "/docs/reference/"

    /// Replaces, removes or doubles some words and lines of a text.
    private func damage(_ text: String, _ random: inout SeededGenerator) -> String {
        let pieces = [
            "-1", "99999999999999999999", "1e308", "1e300s", "0x7fffffffffffffff", "[]", "{}", "null", "~", "*a",
            "&a x",
            "\"", "'", "{{", "{{ settings.x }}", "a: b", "- a", "<<: {a: 1}", "\u{0}", "\u{e9}", "255.255.255.255/32",
            "0.0.0.0/0", "true", ".nan", "-.inf", "9223372036854775807t", "|", ">-", "!!int x", "#", "\t", "",
        ]
        var words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let index = Int.random(in: 0..<words.count, using: &random)
            switch Int.random(in: 0...3, using: &random) {
            case 0: words.remove(at: index)
            case 1: words.insert(words[Int.random(in: 0..<words.count, using: &random)], at: index)
            default: words[index] = pieces[Int.random(in: 0..<pieces.count, using: &random)]
            }
        }
        return words.joined(separator: " ")
    }

    private func check(_ name: String, seed: UInt64, _ parse: (String) throws -> Void) throws {
        // Comments would take most of the damage.
        let lines = try Files.readText(Self.docs + name).split(separator: "\n", omittingEmptySubsequences: false)
        let text = lines.map { line in line.firstRange(of: "  #").map { line[..<$0.lowerBound] } ?? line }
            .joined(separator: "\n")
        var random = SeededGenerator(seed: seed)
        var refused = 0
        for _ in 0..<400 {
            let damaged = damage(text, &random)
            do {
                try parse(damaged)
            } catch let problems as Problems {
                refused += 1
                #expect(!problems.all.isEmpty)
                #expect(problems.all.allSatisfy { $0.place != nil }, "\(problems)")
            }
        }
        #expect(refused > 200)
    }

    @Test func environments() throws {
        try check("environment.yaml", seed: 1) { _ = try Environment.parse(text: $0, file: "lab.yaml") }
    }

    @Test func recipes() throws {
        var sample = SampleCatalog()
        sample.files["recipes/openstack/recipe.yaml"] = "summary: a\nimage: {parent: root}\n"
        for name in ["memcached", "redis"] {
            sample.files["recipes/\(name)/recipe.yaml"] = "summary: a\nimage: {parent: root}\nservice: {}\n"
        }
        for name in ["uwsgi.ini.j2", "bootstrap.env.j2", "grant.sql.j2"] {
            sample.files["recipes/keystone/templates/\(name)"] = "{{ settings.workers }}\n"
        }
        try check("recipe.yaml", seed: 2) { text in
            sample.files["recipes/keystone/recipe.yaml"] = text
            let catalog = try Catalog.parse(files: sample.files, folder: "c")
            #expect(catalog.pages().count == catalog.recipes.count + 2)
        }
    }

    @Test func releases() throws {
        var sample = SampleCatalog()
        try check("release.yaml", seed: 3) { text in
            sample.files["releases/epoxy.yaml"] = text
            _ = try Catalog.parse(files: sample.files, folder: "c")
        }
    }
}
