import Model
import Testing

@testable import Recipes

/// Mistakes inside one recipe. The recipe's first three lines are its summary, image and `service:`.
@Suite struct RecipeReadingTests {
    @Test func theSampleIsRight() {
        #expect(SampleCatalog().refusal == "accepted")
    }

    @Test func saysEverythingThatIsWrongAtOnce() {
        let refusal = SampleCatalog.refusal(
            of: """
                sumary: a database
                image: {parent: rot, node: controler, groups: {release: a, openstack: Nova}}
                service:
                  comand: [a]
                  listeners:
                    api: {port: 99999, protocol: htp}
                    Upper: {port: 1, protocol: tcp}
                  volumes: {data: {path: var/lib}}
                  grace: soon
                  replace: start
                """)
        #expect(
            refusal == """
                recipe.yaml:1:1: the key "summary" is missing
                recipe.yaml:1:1: unknown key "sumary"; did you mean summary?
                recipe.yaml:2:17: there is no recipe rot; did you mean root?
                recipe.yaml:2:28: image.node is "controler", expected one of controller, compute; did you mean controller?
                recipe.yaml:2:48: image.groups has "release", a label that Minke sets itself; give the group another name
                recipe.yaml:2:71: image.groups.openstack is "Nova", expected a name of small letters, digits and hyphens, 63 at most
                recipe.yaml:4:3: unknown key "comand" in service; did you mean command?
                recipe.yaml:6:17: service.listeners.api.port is an integer 99999, expected a port from 1 to 65535
                recipe.yaml:6:34: service.listeners.api.protocol is "htp", expected one of http, https, tcp, tls, udp; did you mean http?
                recipe.yaml:7:5: service.listeners has "Upper", expected a name of small letters, digits and hyphens, 63 at most
                recipe.yaml:8:26: service.volumes.data.path is "var/lib", expected a path that begins with /
                recipe.yaml:9:10: service.grace is "soon", expected a duration, as 30s, 10m or 2h
                recipe.yaml:10:12: service.replace is "start", expected one of start-first, stop-first
                """)
    }

    @Test(arguments: refused)
    func refuses(_ service: String, messages: String) {
        let expected =
            messages == "accepted"
            ? messages
            : messages.split(separator: "\n").map { "recipe.yaml:\($0)" }
                .joined(separator: "\n")
        #expect(SampleCatalog.refusal(ofService: service) == expected)
    }

    /// The type is explicit, since Swift 6.0 cannot infer that of so long a list in time.
    private static let refused: [(service: String, messages: String)] = [
        (
            "command: keystone-server",
            "4:12: service.command is \"keystone-server\", expected a list of a program and its arguments"
        ),
        (
            "user: {name: a, id: 70000}",
            "4:23: service.user.id is an integer 70000, expected an integer from 0 to 65533"
        ),
        ("user: {name: a}", "4:9: service.user lacks the key \"id\""),
        (
            "stop-signal: HANGUP",
            "4:16: service.stop-signal is \"HANGUP\", expected the name of a signal, as HUP or TERM"
        ),
        (
            "capabilities: [NET_ADMN]",
            "4:18: service.capabilities is \"NET_ADMN\", expected the name of a capability, as NET_ADMIN; "
                + "did you mean NET_ADMIN?"
        ),
        (
            "replicas: {default: 4, maximum: 3}",
            "4:23: service.replicas.default is an integer 4, expected an integer from 0 to 3"
        ),
        (
            "grace: 1e300s\ndrain: -5s\nmemory: 99999999999t",
            """
            4:10: service.grace is "1e300s", expected a duration, as 30s, 10m or 2h
            5:10: service.drain is "-5s", expected a duration, as 30s, 10m or 2h
            6:11: service.memory is "99999999999t", expected a size, as 512m or 2g
            """
        ),
        ("memory: lots", "4:11: service.memory is \"lots\", expected a size, as 512m or 2g"),
        ("read-only: yes", "4:14: service.read-only is \"yes\", expected true or false"),
        (
            "tmpfs: {/run: {mode: \"888\"}}",
            "4:24: service.tmpfs./run.mode is \"888\", expected permissions in octal digits, as \"0600\""
        ),
        ("front: [a]", "4:10: service.front is a list, expected true or false"),
        (
            "listeners: {a: {port: 80, protocol: http}, b: {port: 80, protocol: tcp}}",
            "4:56: listeners a and b both have port 80"
        ),
        ("listeners: {a: {port: 53, protocol: tcp}, b: {port: 53, protocol: udp}}", "accepted"),
        (
            "endpoints: {e: {listener: api, ports: [80]}}",
            "4:29: unknown listener api; there is no listener"
        ),
        (
            "listeners: {api: {port: 80, protocol: http}}\nendpoints: {e: {listener: apii, ports: []}}",
            """
            5:29: unknown listener apii; did you mean api?
            5:42: service.endpoints.e.ports is a list, expected a list of one port at least
            """
        ),
        (
            "listeners: {api: {port: 80, protocol: http}}\n"
                + "endpoints: {e: {listener: api, ports: [80, 81]}, f: {listener: api, ports: [81], path: v1}}",
            """
            5:78: endpoints e and f both have port 81
            5:90: service.endpoints.f.path is "v1", expected a path that begins with /
            """
        ),
        (
            "settings: {workers: {type: integer, default: 1, help: h}, name: {type: string, default: a, help: h}}\n"
                + "listeners: {api: {port: 80, protocol: http}}\n"
                + "endpoints: {e: {listener: api, ports: [80], capacity: [workers, name, thread]}}",
            """
            6:58: there is no integer setting workers of 1 or more; there is no setting with `minimum: 1`
            6:67: there is no integer setting name of 1 or more; there is no setting with `minimum: 1`
            6:73: there is no integer setting thread of 1 or more; there is no setting with `minimum: 1`
            """
        ),
        (
            "settings: {workers: {type: integer, default: 1, minimum: 1, help: h}}\n"
                + "listeners: {api: {port: 80, protocol: http}}\n"
                + "endpoints: {e: {listener: api, ports: [80], capacity: [worker]}}",
            "6:58: there is no integer setting worker of 1 or more; did you mean workers?"
        ),
        (
            "listeners: {api: {port: 80, protocol: http}}\nidentity: {endpoint: e}\n"
                + "administration: {endpoint: e, user: a, password: b, project: c}\n"
                + "endpoints: {e: {listener: api, ports: [80], public: false}}",
            """
            5:24: endpoint e has `public: false`, but it is announced to clients outside; make it public, or name another one
            6:30: endpoint e has `public: false`, but it is announced to clients outside; make it public, or name another one
            """
        ),
        ("published: {api: 80}", "4:15: unknown listener api; there is no listener"),
        (
            "listeners: {a: {port: 1, protocol: tcp}, b: {port: 2, protocol: tcp}}\npublished: {a: 80, b: 80}",
            "5:25: listeners a and b are both published as port 80"
        ),
        ("probe: {timeout: 5s}", "4:10: service.probe lacks one of the keys http, tcp, exec"),
        (
            "probe: {exec: [a], tcp: {listener: b}}",
            "4:22: service.probe has tcp and exec, expected one of http, tcp, exec"
        ),
        ("probe: {tcp: {listener: sql}}", "4:27: unknown listener sql; there is no listener"),
        (
            "listeners: {sql: {port: 1, protocol: tcp}}\nprobe: {http: {listener: sql, path: /}}",
            "5:28: listener sql speaks tcp, expected one that speaks http or https; probe it with tcp or exec"
        ),
        (
            "listeners: {dns: {port: 53, protocol: udp}}\nprobe: {tcp: {listener: dns}}",
            "5:27: listener dns speaks UDP, and a UDP port shows nothing unless it answers; probe it with exec"
        ),
        (
            "volumes: {a: {path: /x}, b: {path: /x, scope: host}}",
            """
            4:38: volumes a and b both lie at /x
            4:49: service.volumes.b.scope is "host", expected one of member, service, pod
            """
        ),
        (
            "settings: {workers: {type: integer, default: many, help: h}}",
            "4:48: setting workers's default is \"many\", expected an integer"
        ),
        (
            "settings: {workers: {type: integer, default: 0, minimum: 1, help: h}}",
            "4:48: setting workers's default is an integer 0, expected 1 at least"
        ),
        (
            "settings: {level: {type: string, default: inof, one-of: [info, error], help: h}}",
            "4:45: setting level's default is \"inof\", expected one of info, error; did you mean info?"
        ),
        (
            "settings: {level: {type: string, default: 1, help: h}}",
            "4:45: setting level's default is an integer 1, expected a string; put it in quotes"
        ),
        (
            "settings: {level: {type: number, default: 1.5, maximum: 1, help: h}}",
            "4:45: setting level's default is a number 1.5, expected 1 at most"
        ),
        ("memory: 1k", "4:11: service.memory is \"1k\", expected 6m at least, or 0 for no limit"),
        (
            "settings: {a: {type: integer, default: 1, minimum: 5, maximum: 2, help: h}}",
            "4:54: setting a has a minimum above its maximum"
        ),
        ("settings: {a: {type: string, help: h}}", "4:17: service.settings.a lacks the key \"default\""),
        (
            "secrets: {a: {kind: pasword}}",
            "4:23: service.secrets.a.kind is \"pasword\", expected one of password, fernet-key, hex, uuid, ceph-key, "
                + "cipher-key; did you mean password?"
        ),
        (
            "files: {a.conf: {ini: {DEFAULT: {k: }}}}",
            "4:39: service.files.a.conf.ini.DEFAULT.k is empty, expected a text; "
                + "write \"\" for an empty value, or leave the key out"
        ),
        (
            "files: {../a: {content: b}}",
            "4:11: service.files has \"../a\", expected a path below /etc/minke without . and .."
        ),
        (
            "files: {a: {content: b, template: c}}",
            "4:27: service.files.a has template and content, expected one of "
                + "ini, template, content, certificate, authority"
        ),
        ("files: {a: {authority: false}}", "4:26: service.files.a.authority is a boolean false, expected true"),
        (
            "files: {a: {ini: {\"\": {\"a=b\": 1}}}}",
            """
            4:21: service.files.a.ini cannot have "": the section has no name
            4:26: service.files.a.ini. cannot have "a=b": the key's name has a "=" or ":"
            """
        ),
        (
            "files: {a: {template: b.j2}}",
            "4:25: service.files.a.template is \"b.j2\", and there is no such file in templates/"
        ),
        (
            "files: {a: {content: b, on-change: reload}}",
            "4:11: file a is taken by a reload, and the service has no `reload`; "
                + "say how under `reload:`, or use `on-change: restart`"
        ),
        (
            "files: {a: {content: b, for: [sync]}}\njobs: {db-sync: {command: [a]}}",
            "4:33: unknown job sync; did you mean db-sync?"
        ),
        (
            "jobs: {a: {command: [x], after: [b], stored-in: c}, b: {command: [x], after: [a]}}",
            """
            4:35: jobs wait for each other: a -> b -> a
            4:51: unknown requirement or volume c; there is no requirement or volume
            """
        ),
        (
            "jobs: {a: {command: [x], after: [database]}}",
            "4:36: unknown requirement or job database; there is a, front"
        ),
        (
            "jobs: {a: {command: [x], repeat: always, timeout: 0.5x}}",
            """
            4:36: service.jobs.a.repeat is "always", expected one of image, change, once
            4:53: service.jobs.a.timeout is "0.5x", expected a duration, as 30s, 10m or 2h
            """
        ),
        (
            "identity: {service: {type: identity, name: keystone}}",
            "4:13: the identity has a service and no endpoint; name one of `endpoints:`"
        ),
        (
            "administration: {endpoint: identity, user: a, password: b, project: c}",
            "4:30: unknown endpoint identity; there is no endpoint"
        ),
        (
            "provides: {a: {exec: [x], input: y, stored-in: data}}",
            """
            4:36: service.provides.a.input is "y", and there is no such file in templates/
            """
        ),
    ]

    @Test func readsTheLastNewlineOfABlockAsNone() throws {
        var sample = SampleCatalog()
        sample.files["recipes/x/recipe.yaml"] = """
            summary: a
            image: {parent: root}
            service:
              files:
                a.conf:
                  ini:
                    DEFAULT:
                      k: |
                        one
                        two
            """
        let catalog = try Catalog.parse(files: sample.files, folder: "c")
        guard case .ini(let sections)? = catalog.recipes["x"]?.service?.files.first?.content else {
            Issue.record("no ini file")
            return
        }
        #expect(try sections.first?.keys.first?.values.first?.template.render(.init()) == "one\ntwo")
    }
}
