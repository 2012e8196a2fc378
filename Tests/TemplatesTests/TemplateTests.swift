import Model
import Testing

@testable import Templates

@Suite struct TemplateTests {
    private let scope = Scope([
        [
            "settings": ["workers": 2, "hosts": ["a", "b"]], "ratio": 0.5, "on": true, "nothing": nil,
            "map": ["items": 1],
        ]
    ])

    @Test func givesTheValueOfASingleExpression() throws {
        func value(_ source: String) throws -> Value { try Template(source, name: "t").value(scope) }
        #expect(try value("{{ settings.workers }}") == 2)
        #expect(try value("{{ settings }}") == ["workers": 2, "hosts": ["a", "b"]])
        #expect(try value("{{ settings.hosts }}") == ["a", "b"])
        #expect(try value("{{ settings.workers / 4 }}") == 0.5)
        #expect(try value("{{ on and not nothing }}") == true)
        #expect(try value("{{ nothing }}") == nil)
        #expect(try value("{{ (1, 'x') }}") == [1, "x"])
        #expect(try value("{{ settings.hosts|map('upper') }}") == ["A", "B"])
        #expect(try value("{{ {'a': [1, none]} }}") == ["a": [1, nil]])
        #expect(try value("{{ range(3) }}") == [0, 1, 2])
        #expect(try value("{{ 1 if false }}") == "")
    }

    @Test func givesTheTextOfAnythingElse() throws {
        func value(_ source: String) throws -> Value { try Template(source, name: "t").value(scope) }
        #expect(try value(" {{ settings.workers }}") == " 2")
        #expect(try value("{{ settings.workers }}\n") == "2\n")
        #expect(try value("{{ settings.workers }}{{ on }}") == "2True")
        #expect(try value("plain") == "plain")
        #expect(try value("") == "")
    }

    @Test func aMappingsKeyIsItsAttributeWhateverPythonWouldFind() throws {
        #expect(try Template("{{ map.items }}", name: "t").render(scope) == "1")
        #expect(try Template("{{ map.items()|list }}", name: "t").render(scope) == "[('items', 1)]")
    }

    @Test(arguments: [
        ("{{ settings.workers }}", [["settings", "workers"]]),
        ("{{ settings['workers'] }}{{ settings.hosts[0] }}", [["settings", "workers"], ["settings", "hosts", "0"]]),
        ("{{ settings[name] }}", [["settings"], ["name"]]),
        ("{{ a.b.c|default(d.e) }}", [["a", "b", "c"], ["d", "e"]]),
        ("{% for m in service.members %}{{ m.address }}{{ loop.index }}{% endfor %}", [["service", "members"]]),
        ("{% for m in m.list %}{{ m.x }}{% endfor %}", [["m", "list"]]),
        ("{% for m in x if m.on and y %}{% endfor %}{{ m }}", [["x"], ["y"], ["m"]]),
        ("{% set a = b.c %}{{ a.d }}", [["b", "c"]]),
        ("{{ a.b }}{% set a = 1 %}{{ a.c }}", [["a", "b"]]),
        ("{% if x %}{% set a = 1 %}{% endif %}{{ a.z }}", [["x"], ["a", "z"]]),
        ("{% if x %}{% set a = 1 %}{% else %}{% set a = 2 %}{% endif %}{{ a.z }}", [["x"]]),
        (
            "{% macro f(p, q=r.s) %}{{ p.x }}{{ t.u }}{% endmacro %}{{ f(v.w) }}",
            [["r", "s"], ["t", "u"], ["v", "w"]]
        ),
        ("{{ settings.items() }}{{ a.b.get('x') }}", [["settings"], ["a", "b"]]),
        ("{{ range(n.m) }}{{ dict(a=1) }}", [["n", "m"]]),
        ("{% with a = b.c %}{{ a.d }}{{ e.f }}{% endwith %}", [["b", "c"], ["e", "f"]]),
        ("{{ a.b if c.d is defined else e.f }}", [["a", "b"], ["c", "d"], ["e", "f"]]),
        ("{{ x.y[z.w].v }}", [["x", "y"], ["z", "w"]]),
        ("{% set n = namespace(v=a.b) %}{% set n.c = d.e %}{{ n.c }}", [["a", "b"], ["d", "e"]]),
        ("{% raw %}{{ a.b }}{% endraw %}{# {{ c }} #}plain", []),
        ("{{ 'a' is in b.c }}{{ x is divisibleby y.z }}", [["b", "c"], ["x"], ["y", "z"]]),
        ("{% call(i) f.g(h.i) %}{{ i.j }}{{ k.l }}{% endcall %}", [["f"], ["h", "i"], ["k", "l"]]),
        ("{{ a[1:b.c] }}", [["a"], ["b", "c"]]),
    ])
    func knowsWhatItReads(_ source: String, _ paths: [[String]]) throws {
        #expect(try Template(source, name: "t").references == Set(paths))
    }

    @Test func looksNamesUpFromTheLastLayer() throws {
        let scope = Scope([["a": 1, "b": 1], ["b": 2]])
        let extended = scope.adding(["c": 3, "a": 4])
        let template = try Template("{{ a }}{{ b }}{{ c|default('-') }}", name: "t")
        #expect(try template.render(scope) == "12-")
        #expect(try template.render(extended) == "423")
        #expect(scope.lookup("c") == nil)
        #expect(extended.lookup("b") == 2)
    }

    /// Jinja has no such filter to compare with.
    @Test func writesATextAsOnePartOfAURL() throws {
        let source = "{{ text | urlpart }}"
        let scope = Scope([["text": "p#a&s\\w$o%r@d:/'\"!{} ~-_."]])
        #expect(
            try Template(source, name: "t").render(scope)
                == "p%23a%26s%5Cw%24o%25r%40d%3A%2F%27%22%21%7B%7D%20~-_.")
        #expect(try Template(source, name: "t").render(Scope([["text": 7]])) == "7")
    }

    @Test func rendersTheSameAgain() throws {
        let template = try Template("{% set ns = namespace(n=0) %}{% set ns.n = ns.n + 1 %}{{ ns.n }}", name: "t")
        #expect(try template.render(scope) == "1")
        #expect(try template.render(scope) == "1")
    }
}
