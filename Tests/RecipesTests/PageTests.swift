import Model
import System
import Testing

@testable import Recipes

@Suite struct PageTests {
    private func catalog() throws -> Catalog {
        var sample = SampleCatalog()
        sample.files["recipes/keystone/recipe.yaml"] = """
            summary: Identity
            image: {parent: root, groups: {openstack: keystone}, node: controller}
            service:
              user: {name: keystone, id: 42401}
              command: [keystone, --all]
              replicas: {default: 2, maximum: 9}
              replace: start-first
              interrupts: token requests
              memory: 1g
              listeners: {api: {port: 5000, protocol: http}}
              endpoints:
                identity: {listener: api, ports: [5000, 35357], path: /v3, check: {path: /healthcheck}}
              probe: {http: {listener: api, path: /v3, status: [200, 300]}}
              settings:
                workers: {type: integer, default: 2, minimum: 1, maximum: 64, help: processes}
                log-level: {type: string, default: info, one-of: [info, error], help: a|b}
                names: {type: list, default: ["a, b", no], help: unread}
              secrets: {database: {}, admin: {scope: environment}, unread: {}}
              requires:
                database: {service: mariadb, grant: {name: keystone, password: "{{ secrets.database }}"}}
              files:
                keystone.conf:
                  ini:
                    DEFAULT:
                      level: {value: "{{ settings.log_level }}", on-change: reload, when: "{{ settings.workers }}"}
                    database: {connection: "m://k:{{ secrets.database }}@h", workers: ["{{ settings.workers }}", "a`b"]}
                boot.env: {content: "{{ secrets.admin }}", for: [boot], on-change: reload}
              reload: {signal: HUP}
              jobs: {boot: {command: [boot], stored-in: database, repeat: once}}
              identity:
                service: {type: identity, name: keystone}
                endpoint: identity
                users: [{name: k, password: "{{ secrets.admin }}", project: service, roles: [admin]}]

            """
        return try Catalog.parse(files: sample.files, folder: "c")
    }

    @Test func aRecipeHasAPage() throws {
        let catalog = try catalog()
        #expect(
            catalog.recipes["keystone"]?.page(in: catalog) == """
                # keystone

                Identity

                ## Image

                |  |  |
                | --- | --- |
                | Built on | `root` |
                | Releases | `epoxy`, `zed` |
                | Labels | `io.minke.openstack=keystone`, `io.minke.node=controller` |

                ## In an environment

                ```yaml
                services:
                  keystone: 2
                  mariadb: 1
                ```

                ## How it runs

                |  |  |
                | --- | --- |
                | Command | `keystone --all` |
                | User | `keystone` (42401) |
                | Members | 2, at most 9 |
                | Replaced | the new container is healthy before the old one goes |
                | While a member is down | interrupts token requests |
                | Healthy | `/v3` of `api` answers 200, 300, within 120s |
                | Stops within | 10s |
                | Memory | at most 1g |

                ## Settings

                | Setting | Type | Default | Allowed | What it is |
                | --- | --- | --- | --- | --- |
                | `workers` | integer | `2` | 1 to 64 | processes |
                | `log-level` | string | `info` | `info`, `error` | a\\|b |
                | `names` | list | `["a, b", "no"]` |  | unread |

                ## Secrets

                | Secret | Kind | Of |
                | --- | --- | --- |
                | `database` | password | the service |
                | `admin` | password | the environment |
                | `unread` | password | the service |

                ## Listeners

                | Listener | Port | Protocol | On the host |
                | --- | --- | --- | --- |
                | `api` | 5000 | http |  |

                ## Endpoints

                | Endpoint | Listener | Ports of the front | Path | Check | Requests end within |
                | --- | --- | --- | --- | --- | --- |
                | `identity` | `api` | 5000, 35357 | `/v3` | `/healthcheck` answers 200 | 90s |

                ## Needs

                | As | Service | Waits for it | May be missing | Asks for |
                | --- | --- | --- | --- | --- |
                | `database` | `mariadb` | yes | no | `name: keystone`, `password: {{ secrets.database }}` |

                ## Files

                | File | Made from | Mode | A change means | Given to |
                | --- | --- | --- | --- | --- |
                | `/etc/minke/keystone.conf` | 3 keys | 0600 | replace, without a gap | members and jobs |
                | `/etc/minke/boot.env` | a template | 0600 | run boot again | `boot` |

                ### `keystone.conf`

                | Section | Key | Value | Only where | A change means |
                | --- | --- | --- | --- | --- |
                | `DEFAULT` | `level` | `{{ settings.log_level }}` | `{{ settings.workers }}` | reload |
                | `database` | `connection` | `m://k:{{ secrets.database }}@h` |  | replace, without a gap |
                | `database` | `workers` | `{{ settings.workers }}`, ``a`b`` |  | replace, without a gap |

                ## Jobs

                | Job | Command | After | Runs again | Kept in | When | At most |
                | --- | --- | --- | --- | --- | --- | --- |
                | `boot` | `boot` | `database` | never while its result is there | `database` | before members | 600s |

                ## In Keystone

                |  |  |
                | --- | --- |
                | Service | `keystone` of type `identity` |
                | Endpoint | `identity` |
                | User | `k` with `admin` in `service` |

                """)
    }

    @Test func configurationKeysAreSortedAndReadByATemplate() throws {
        let catalog = try catalog()
        let keys = catalog.configurationKeys()
        #expect(keys.map(\.name) == ["admin", "keystone.database", "keystone.log-level", "keystone.workers"])
        #expect(keys.map(\.isSecret) == [true, true, false, false])
        #expect(keys.map(\.standard) == [nil, nil, "info", 2])
        #expect(keys.map(\.cost) == [nil, .restart, .reload, .restart])
        #expect(keys[0].means == "run boot again")
        #expect(keys.map(\.type) == ["password", "password", "string", "integer"])
        #expect(
            keys.map(\.readers) == [
                ["keystone: boot.env", "keystone: identity user k"],
                ["keystone: grant database", "keystone: keystone.conf [database] connection"],
                ["keystone: keystone.conf [DEFAULT] level"],
                ["keystone: keystone.conf [DEFAULT] level", "keystone: keystone.conf [database] workers"],
            ])
        #expect(catalog.configurationKeys(of: ["mariadb"]) == [])
    }

    @Test func aSecretOfTheEnvironmentIsListedOnce() throws {
        var sample = SampleCatalog()
        for name in ["a", "b"] {
            sample.files["recipes/\(name)/recipe.yaml"] =
                "summary: a\nimage: {parent: root}\nservice: {secrets: {k: {scope: environment}}, "
                + "files: {f: {content: \"{{ secrets.k }}\"}}}\n"
        }
        let keys = try Catalog.parse(files: sample.files, folder: "c").configurationKeys()
        #expect(keys.map(\.name) == ["k"])
        #expect(keys.first?.services == ["a", "b"])
        #expect(keys.first?.readers == ["a: f", "b: f"])
    }

    @Test func everyRecipeOfTheRealCatalogueHasAPage() throws {
        let catalog = try Catalog.load(folder: RealCatalogTests.folder)
        let pages = catalog.pages()
        #expect(pages.count == catalog.recipes.count + 2)
        for (name, recipe) in catalog.recipes {
            #expect(pages["\(name).md"]?.hasPrefix("# \(name)\n\n\(recipe.summary)\n") == true)
            for setting in recipe.service?.settings ?? [] {
                #expect(pages["configuration.md"]?.contains("| `\(name).\(setting.name)` |") == true)
            }
        }
    }

    @Test func theReferenceListsTheLintRules() throws {
        let docs = Files.folder(of: RealCatalogTests.folder) + "/docs/reference"
        #expect(try Files.readText("\(docs)/lint.md") == Lint.page)
    }
}
