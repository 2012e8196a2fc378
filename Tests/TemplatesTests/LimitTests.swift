import Model
import TestTools
import Testing

@testable import Templates

/// Templates that would exhaust memory, stack or time, and get an error instead.
@Suite struct LimitTests {
    @Test(arguments: [
        "{% for i in range(100001) %}{% endfor %}",
        "{{ range(1000000000000) }}",
        "{{ 'x' * 1000000000000 }}",
        "{{ [1] * 1000000000000 }}",
        "{{ 'x'|indent(1000000000000, first=true) }}",
        "{{ 'x'|center(1000000000000) }}",
        "{{ 'x'.ljust(1000000000000) }}",
        "{{ '%1000000000000d' % 1 }}",
        "{{ [1]|batch(1000000000000, 0)|list }}",
        "{{ [1]|slice(1000000000000)|list }}",
        "{{ [1]|tojson(1000000000000) }}",
        "{{ 10 ** 10 ** 10 }}",
        "{{ 2 ** 64 }}",
        "{% set ns = namespace(x='0123456789') %}{% for i in range(60) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
        "{% set ns = namespace(x='0123456789') %}{% for i in range(60) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
        "{% set ns = namespace(x='aaaa') %}{% for i in range(60) %}{% set ns.x = ns.x|replace('a', 'aaaaaaaaaaaaaaaa') %}{% endfor %}",
        "{% set ns = namespace(x=[1]) %}{% for i in range(60) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
        "{% set ns = namespace(x=[1]) %}{% for i in range(100000) %}{% set ns.x = [ns.x] %}{% endfor %}",
        "{% set ns = namespace(x=1) %}{% for i in range(100000) %}{% set ns.x = {'k': ns.x} %}{% endfor %}",
        "{% set ns = namespace(x=1) %}{% for i in range(100000) %}{% set ns.x = (ns.x,)|map('list') %}{% endfor %}{{ ns.x|list }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{% call c() %}{% endcall %}{% endmacro %}{% macro c() %}{{ a() }}{{ caller() }}{% endmacro %}{{ a() }}",
        "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}",
        "{% for a in range(9999) %}{% for b in range(9999) %}{% for c in range(9999) %}{% endfor %}{% endfor %}{% endfor %}",
    ])
    func refusesToRender(_ source: String) throws {
        let template = try Template(source, name: "t")
        #expect(throws: Problems.self) { try template.render(Scope()) }
    }

    @Test(arguments: [
        ("(", ")"), ("[", "]"), ("{1:", "}"), ("-", ""), ("not ", ""), ("a[", "]"), ("a(", ")"), ("1 if 1 else ", ""),
        ("", "+1"), ("", "~a"), ("", "|upper"), ("", ".a"), ("", "[0]"), ("", "()"), ("", " is defined"), ("", " if 1"),
        ("1 + (", ")"), ("", " == 1"), ("", "**2"), ("", " and 1"), ("a is eq(", ")"),
    ])
    func refusesToParseOrRendersWhatIsNestedBeyondReason(_ before: String, _ after: String) {
        let expression = String(repeating: before, count: 100_000) + "a" + String(repeating: after, count: 100_000)
        #expect(throws: Problems.self) { try Template("{{ \(expression) }}", name: "t").render(Scope()) }
    }

    @Test func refusesToParseStatementsNestedBeyondReason() {
        for (open, close) in [
            ("{% if 1 %}", "{% endif %}"), ("{% for x in y %}", "{% endfor %}"), ("{% with %}", "{% endwith %}"),
        ] {
            let source = String(repeating: open, count: 10_000) + String(repeating: close, count: 10_000)
            #expect(throws: Problems.self) { try Template(source, name: "t") }
        }
    }

    @Test func rendersWhatIsDeepWithinReason() async throws {
        let depth = 60
        let expression = String(repeating: "(1 + ", count: depth) + "0" + String(repeating: ")", count: depth)
        let template = try Template("{{ \(expression) }}", name: "t")
        #expect(try template.render(Scope()) == "60")
        let recursive = try Template(
            "{% macro m(n) %}{% if n %}{{ n }} {{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(50) }}", name: "t")
        let text = try await Task.detached { try recursive.render(Scope()) }.value
        #expect(text.hasPrefix("50 49 ") && text.hasSuffix("2 1 "))
    }

    @Test func manyBranchesAndStatementsAreNotDeep() throws {
        let branches = (0..<5_000).map { "{% elif n == \($0) %}\($0)" }.joined()
        let template = try Template("{% if false %}\(branches){% endif %}", name: "t")
        #expect(try template.render(Scope([["n": 4_321]])) == "4321")
        let long = try Template(String(repeating: "{{ n }}{% set a = n %}\n", count: 5_000), name: "t")
        #expect(try long.render(Scope([["n": 1]])).utf8.count == 5_000)
    }

    /// Random cuts and joins of real templates, the same in every run, give an error or a text, and never a crash.
    @Test func survivesDamagedSources() {
        var random = SeededGenerator(seed: 42)
        let scope = Scope([Corpus.context])
        var rendered = 0
        var refused = 0
        for _ in 0..<3_000 {
            var bytes = Array((Corpus.all.randomElement(using: &random) ?? "").utf8)
            let other = Array((Corpus.all.randomElement(using: &random) ?? "").utf8)
            if !bytes.isEmpty {
                bytes.removeSubrange(Int.random(in: 0..<bytes.count, using: &random)...)
                bytes += other.suffix(Int.random(in: 0...other.count, using: &random))
            }
            do {
                _ = try Template(String(decoding: bytes, as: UTF8.self), name: "t").render(scope)
                rendered += 1
            } catch {
                #expect(error is Problems)
                refused += 1
            }
        }
        #expect(rendered > 100)
        #expect(refused > 1_000)
    }
}
