import Model
import Testing

@testable import Recipes

/// Work that is done once for all members or for each, and names that are templates, in recipes.
@Suite struct MemberCheckTests {
    private static let once = "write `scope: member` for one of each member, or read what all members have"
    private static let others = "read what all members have, as `service.members`"

    private static let refused: [(service: String, told: String)] = [
        (
            "requires:\n  db: {service: mariadb, provision: database, grant: {name: \"{{ member.name }}\", password: a}}\n",
            "recipe.yaml:5:63: the grant for db is one for all members, and its template reads member.name; \(once)"
        ),
        (
            """
            secrets: {own-key: {scope: member}}
            requires:
              db: {service: mariadb, provision: database, grant: {name: a, password: "{{ secrets.own_key }}"}, when: "{{ member.index }}"}

            """,
            """
            recipe.yaml:6:76: the grant for db is one for all members, and its template reads secrets.own_key; \(once)
            recipe.yaml:6:108: the grant for db is one for all members, and its template reads member.index; \(once)
            """
        ),
        (
            "jobs: {a: {command: [b, \"{{ member.index }}\"], when: \"{{ member.pod }}\"}}\n",
            """
            recipe.yaml:4:23: job a is one for all members, and its template reads member.index; \(once)
            recipe.yaml:4:56: job a is one for all members, and its template reads member.pod; \(once)
            """
        ),
        (
            """
            generated: {id: {kind: uuid, scope: member}}
            provides: {things: {exec: [b], input: input.j2}}

            """,
            """
            recipe.yaml:5:41: the input of things is one for all members, and its template reads generated.id; \(others)
            """
        ),
        (
            "requires: {db: {service: mariadb, scope: member}}\n",
            "recipe.yaml:4:37: requirement db has `scope: member`, and asks for no grant; "
                + "write what is asked for under `grant:`, or leave `scope` out"
        ),
        (
            "jobs: {a: {command: [b], scope: environment}}\n",
            "recipe.yaml:4:35: service.jobs.a.scope is \"environment\", expected one of service, member"
        ),
        (
            "files: {a: {ini: {\"{{ settings.nmae }}\": {}}}}\nsettings: {name: {type: string, default: a, help: h}}\n",
            "recipe.yaml:4:21: the template reads settings.nmae, which does not exist; did you mean name?"
        ),
        (
            "files: {a: {ini: {b: {\"{{ settings.nmae }}\": 1}}}}\nsettings: {name: {type: string, default: a, help: h}}\n",
            "recipe.yaml:4:25: the template reads settings.nmae, which does not exist; did you mean name?"
        ),
        (
            "files: {a: {ini: {\"{{ secrets.key }}\": {}}}}\nsecrets: {key: {}}\n",
            "recipe.yaml:4:21: service.files.a.ini cannot have \"{{ secrets.key }}\": "
                + "plans show the names of sections and keys, and no secrets"
        ),
        (
            "files: {a: {ini: {b: {c: [d, {value: e, when: \"{{ memebr }}\"}]}}}}\n",
            "recipe.yaml:4:49: the template reads memebr, which does not exist; did you mean member?"
        ),
        (
            "files: {a: {ini: {b: {c: [{valu: e}]}}}}\n",
            """
            recipe.yaml:4:29: service.files.a.ini.b.c lacks the key "value"
            recipe.yaml:4:30: unknown key "valu" in service.files.a.ini.b.c; did you mean value?
            """
        ),
    ]

    @Test(arguments: refused)
    func refuses(service: String, told: String) {
        #expect(
            SampleCatalog.refusal(ofService: service, templates: ["input.j2": "{{ generated.id }}\n"]) == told)
    }

    @Test func acceptsWhatEachMemberHas() {
        let service = """
            secrets: {key: {scope: member}}
            requires:
              db: {service: mariadb, provision: database, scope: member, when: "{{ member.index }}",
                   grant: {name: "{{ member.name }}", password: "{{ secrets.key }}"}}
            jobs: {a: {command: [b, "{{ member.index }}"], scope: member, after: [db]}}
            files: {a.conf: {ini: {"b.{{ member.index }}": {"{{ member.name }}": "{{ secrets.key }}"}}}}

            """
        #expect(SampleCatalog.refusal(ofService: service) == "accepted")
    }

    @Test func aNameThatIsATemplateCanBeWhatItMayRenderTo() throws {
        func section(_ name: String) throws -> INISectionRecipe {
            var sample = SampleCatalog()
            sample.files["recipes/x/recipe.yaml"] =
                "summary: a\nimage: {parent: root}\nservice: {files: {a: {ini: {\"\(name)\": {}}}}}\n"
            return try #require(
                try Catalog.parse(files: sample.files, folder: "c").recipes["x"]?.service?.files.first?.sections.first)
        }
        let disk = try section("disk.{{ member.index }}-{{ member.name }}.x")
        for name in ["disk.0-a.x", "disk..x"] { #expect(disk.canBe(named: name), "\(name)") }
        for name in ["disk.x", "disk.0", "xdisk.0.x", "disk.{{ member.index }}"] {
            #expect(!disk.canBe(named: name), "\(name)")
        }
        let plain = try section("disk.0")
        #expect(plain.nameTemplate == nil && plain.canBe(named: "disk.0") && !plain.canBe(named: "disk.1"))
    }

    @Test func aPageTellsWhatEachMemberHas() throws {
        var sample = SampleCatalog()
        sample.files["recipes/x/recipe.yaml"] = """
            summary: a
            image: {parent: root}
            service:
              settings: {size: {type: integer, default: 1, help: blocks}, name: {type: string, default: a, help: b}}
              secrets: {key: {scope: member}}
              requires:
                db: {service: mariadb, provision: database, scope: member, grant: {name: a, password: "{{ secrets.key }}"}}
              jobs: {make: {command: [make, "{{ settings.size }}"], scope: member}}
              files:
                a.conf:
                  ini:
                    "d.{{ settings.name }}": {peers: [b, {value: c, when: "{{ member.index }}"}]}

            """
        let catalog = try Catalog.parse(files: sample.files, folder: "c")
        let page = try #require(catalog.pages()["x.md"])
        for line in [
            "| `key` | password | each member |",
            "| `db` | `mariadb` | yes | no | `provision: database`, `name: a`, `password: {{ secrets.key }}`, for each member |",
            "| `make`, for each member | `make {{ settings.size }}` | `db` | with another image |  | before the member | 600s |",
            "| `d.{{ settings.name }}` | `peers` | `b`, `c` where `{{ member.index }}` |  | restart |",
        ] { #expect(page.contains(line + "\n"), "\(line)\n\(page)") }
        let keys = catalog.configurationKeys()
        #expect(keys.map(\.name) == ["x.key.MEMBER", "x.name", "x.size"])
        #expect(keys.map(\.readers) == [["x: grant db"], ["x: a.conf [d.{{ settings.name }}]"], ["x: job make"]])
        #expect(keys.map(\.means) == [nil, "restart", "run make again"])
    }
}
