import Model
import Testing

@testable import Recipes

/// Recipes with sidecars.
@Suite struct SidecarRecipeTests {
    private static let service = """
        command: [server]
        memory: 1g
        grace: 20s
        settings:
          rate: {type: integer, default: 2, minimum: 1, help: h}
          size: {type: integer, default: 2, minimum: 1, help: h}
        files:
          own.conf: {content: "{{ settings.rate }}", on-change: reload}
          ring: {content: "{{ settings.rate }}"}
          audit.conf: {content: "{{ settings.size }}", for: [auditor], on-change: reload}
        reload: {signal: HUP}
        jobs: {schema: {command: [schema]}}
        sidecars:
          auditor:
            command: [auditor, --once]
            files: [ring]
            memory: 64m
            grace: 1m
            stop-signal: SIGINT
            probe: {exec: [ready, "{{ settings.rate }}"], timeout: 1s, within: 3s, every: 7s}
            reload: {exec: [again]}
            when: "{{ settings.size }}"
          reaper: {command: [reaper]}

        """

    /// The recipe `x` of a service.
    private func recipe(_ service: String) throws -> (recipe: Recipe, catalog: Catalog) {
        var sample = SampleCatalog()
        let indented = service.split(separator: "\n").map { "  \($0)\n" }.joined()
        sample.files["recipes/x/recipe.yaml"] = "summary: a\nimage: {parent: root}\nservice:\n\(indented)"
        let catalog = try Catalog.parse(files: sample.files, folder: "c")
        return (try #require(catalog.recipes["x"]), catalog)
    }

    @Test func readsAllKeys() throws {
        let service = try #require(try recipe(Self.service).recipe.service)
        try #require(service.sidecars.map(\.name) == ["auditor", "reaper"])
        let auditor = service.sidecars[0]
        #expect(auditor.command == ["auditor", "--once"])
        #expect(auditor.files == ["ring"])
        #expect(auditor.memory?.bytes == 64 << 20)
        #expect(auditor.grace == .seconds(60))
        #expect(auditor.stopSignal == "INT")
        #expect(auditor.probe?.timeout == .seconds(1))
        #expect(auditor.probe?.within == .seconds(3))
        #expect(auditor.probe?.every == .seconds(7))
        guard case .exec(let words)? = auditor.probe?.method else {
            Issue.record("the probe is no command")
            return
        }
        #expect(words.map(\.text) == ["ready", "{{ settings.rate }}"])
        #expect(auditor.reload == .exec(["again"]))
        #expect(auditor.condition?.text == "{{ settings.size }}")
        let reaper = service.sidecars[1]
        #expect(reaper.files == nil && reaper.memory == nil && reaper.grace == nil && reaper.stopSignal == nil)
        #expect(reaper.probe == nil && reaper.reload == nil && reaper.condition == nil)
    }

    @Test func aSidecarHasTheFilesThatItNamesAndThoseThatAreForIt() throws {
        let service = try #require(try recipe(Self.service).recipe.service)
        let files = service.sidecars.map { sidecar in service.files.filter(sidecar.has).map(\.path) }
        #expect(files == [["ring", "audit.conf"], ["own.conf", "ring"]])
    }

    @Test(arguments: refused)
    func refuses(_ service: String, messages: String) {
        let expected = messages.split(separator: "\n").map { "recipe.yaml:\($0)" }.joined(separator: "\n")
        #expect(SampleCatalog.refusal(ofService: service) == expected)
    }

    private static let refused: [(service: String, messages: String)] = [
        ("sidecars: {audit: {}}", "4:21: service.sidecars.audit lacks the key \"command\""),
        (
            "sidecars: {audit: {command: [a], file: [x]}}",
            "4:36: unknown key \"file\" in service.sidecars.audit; did you mean files?"
        ),
        (
            "sidecars: {audit: {command: [a], probe: {http: {listener: api}}}}",
            """
            4:43: service.sidecars.audit.probe lacks the key "exec"
            4:44: unknown key "http" in service.sidecars.audit.probe; the keys are every, exec, timeout, within
            """
        ),
        (
            "sidecars: {Audit: {command: [a]}}",
            "4:14: service.sidecars has \"Audit\", expected a name of small letters, digits and hyphens, 63 at most"
        ),
        (
            "files: {a.conf: {content: a}}\nsidecars: {audit: {command: [a], files: [a.cnf]}}",
            "5:44: unknown file a.cnf; did you mean a.conf?"
        ),
        (
            "files: {a.conf: {content: a, for: [audti]}}\nsidecars: {audit: {command: [a]}}",
            "4:38: unknown job or sidecar audti; did you mean audit?"
        ),
        (
            "files: {a.conf: {content: a, for: [audit]}}\nsidecars: {audit: {command: [a], files: [a.conf]}, "
                + "reap: {command: [r], files: [a.conf]}}",
            """
            5:44: file a.conf is only for audit; leave it out here: sidecar audit has it anyway
            5:83: file a.conf is only for audit; name sidecar reap under the file's `for`
            """
        ),
        (
            "jobs: {audit: {command: [a]}}\nsidecars: {audit: {command: [a]}}",
            "5:14: sidecar audit has the name of a job; give it another, so that a file can be `for` one of both"
        ),
        (
            "sidecars: {b: {command: [a]}}",
            "4:14: a sidecar cannot be called b: containers in a member's second place are; give it another name"
        ),
        (
            "links-hosts: true\nsidecars: {audit: {command: [a]}}",
            "5:3: a service that links hosts has no `sidecars`; leave it out"
        ),
        (
            "files: {a.conf: {content: a, on-change: reload}}\n"
                + "sidecars: {audit: {command: [a], reload: {signal: HUP}}}",
            "4:11: file a.conf is taken by a reload, and the service has no `reload`; say how under `reload:`, or use "
                + "`on-change: restart`"
        ),
        (
            "sidecars: {audit: {command: [a], probe: {exec: [\"{{ settings.rate }}\"]}}}",
            "4:51: the template reads settings.rate, which does not exist; there is no such name"
        ),
    ]

    @Test func aServiceInPodsHasNone() {
        let pod = "  holder: true\n"
        var sample = SampleCatalog()
        sample.files["recipes/pod/recipe.yaml"] = "summary: a\nimage: {parent: root}\nservice:\n\(pod)"
        sample.files["recipes/x/recipe.yaml"] = """
            summary: a
            image: {parent: root}
            service:
              pods: [pod]
              sidecars: {audit: {command: [a]}}

            """
        #expect(
            sample.refusal == "c/recipes/x/recipe.yaml:5:3: a service that runs in pods has no `sidecars`; "
                + "set it in the recipes of `pods`, or leave it out")
    }

    @Test func aFileForASidecarAloneCanBeTakenByItsReload() throws {
        let service = try recipe(
            """
            files: {a.conf: {content: a, for: [audit], on-change: reload}}
            sidecars: {audit: {command: [a], reload: {signal: HUP}}}
            """
        ).recipe.service
        #expect(service?.means(for: .reload, of: ["audit"]) == "reload audit")
    }

    @Test func tellsWhatAChangeMeans() throws {
        let (recipe, catalog) = try recipe(Self.service)
        let service = try #require(recipe.service)
        #expect(service.means(for: .reload, of: nil) == "reload")
        #expect(service.means(for: .reload, of: ["schema"]) == "run schema again")
        #expect(
            service.means(for: .reload, of: ["schema", "auditor", "reaper"])
                == "run schema again, reload auditor, restart reaper")
        #expect(service.means(for: .replace, of: ["auditor"]) == "replace auditor")
        let keys = catalog.configurationKeys(of: ["x"])
        #expect(keys.map(\.means) == ["restart", "reload auditor"])
        #expect(keys.map(\.cost) == [.restart, nil])
    }

    @Test func itsPageHasThem() throws {
        let (recipe, catalog) = try recipe(Self.service)
        let page = recipe.page(in: catalog)
        #expect(
            page.contains(
                """
                ## Sidecars

                | Sidecar | Command | Files | Healthy | Memory | Stops within |
                | --- | --- | --- | --- | --- | --- |
                | `auditor` | `auditor --once` | `ring`, `audit.conf` | `ready {{ settings.rate }}` ends with 0, within 3s | at most 64m | 60s |
                | `reaper` | `reaper` | `own.conf`, `ring` | while it runs | at most 1g | 20s |

                """), "\(page)")
        #expect(page.contains("| `/etc/minke/audit.conf` | a template | 0600 | reload auditor | `auditor` |"))
        #expect(page.contains("| `/etc/minke/ring` | a template | 0600 | restart | members, sidecars and jobs |"))
    }
}
