import Model
import TestTools
import Testing

@testable import Recipes

@Suite struct EnvironmentTests {
    private func refusal(of text: String) -> String {
        do throws(Problems) {
            _ = try Environment.parse(text: text, file: "lab.yaml")
            return "accepted"
        } catch {
            return error.description
        }
    }

    @Test func aShortFileHasDefaults() throws {
        let environment = try Environment.parse(
            text: "services: {keystone: {}, mariadb: 2}\n", file: "envs/My lab.yaml")
        #expect(environment.name == "my-lab")
        #expect(environment.hosts.map(\.name) == ["local"])
        #expect(environment.regions == ["RegionOne"])
        #expect(environment.network.subnet == IPv4Network(text: "198.18.16.0/24"))
        #expect(environment.services.map(\.name) == ["keystone", "mariadb"])
        #expect(environment.services.map(\.replicas) == [nil, 2])
        #expect(environment.services.first?.place == Place(file: "envs/My lab.yaml", line: 1, column: 12))
    }

    @Test func aDomainIsNoLongerThanTheKernelTakes() {
        let domain = String(repeating: "a", count: 56) + ".lab"
        #expect(refusal(of: "domain: \(domain)\nservices: {mariadb: 1}\n") == "accepted")
        let told = refusal(of: "domain: x\(domain)\nservices: {mariadb: 1}\n")
        #expect(told.hasPrefix("lab.yaml:1:9: domain is ") && told.hasSuffix(", 60 characters at most"), "\(told)")
    }

    @Test func readsDockstacksFile() throws {
        let environment = try Environment.parse(text: dockstackFile, file: "common.yaml")
        #expect(environment.common["vip"] == "10.0.0.254")
        #expect(environment.common["vip_mask"] == 16)
        #expect(environment.registered.count == 10)
        #expect(environment.services.count == 10)
        #expect(environment.services.flatMap(\.members).count == 13)
        let dns = environment.services.first { $0.name == "dns" }
        #expect(dns?.members.map(\.name) == ["dns1", "dns2"])
        #expect(dns?.members.map(\.address) == [IPv4Address(10, 0, 0, 1), IPv4Address(10, 0, 0, 2)])
        #expect(dns?.members.map(\.gateway) == [IPv4Address(10, 0, 0, 100), IPv4Address(10, 0, 0, 100)])
        #expect(dns?.members.map(\.macAddress) == ["de:ad:be:ef:ba:11", "de:ad:be:ef:ba:12"])
        #expect(dns?.members.map(\.host) == ["192.168.99.2", "192.168.99.2"])
        #expect(environment.hosts.map(\.name) == ["local", "192.168.99.2"])
        #expect(environment.network.subnet == IPv4Network(text: "10.0.0.0/16"))
        #expect(environment.network.gateway == IPv4Address(10, 0, 0, 100))
    }

    @Test(arguments: [
        (
            "secrets: {admin: hunter2}\n",
            "lab.yaml:1:18: secrets.admin is written into the environment file; "
                + "write {file: PATH}, where only the file at PATH holds it"
        ),
        (
            "secrets: {admin: [hunter2]}\n",
            "lab.yaml:1:18: secrets.admin is written into the environment file; "
                + "write {file: PATH}, where only the file at PATH holds it"
        ),
        ("secrets: hunter2\n", "lab.yaml:1:10: secrets is not a mapping of names to files; write {NAME: {file: PATH}}"),
        (
            "secrets: {admin: {value: hunter2}}\n",
            "lab.yaml:1:18: secrets.admin lacks the key \"file\"\n"
                + "lab.yaml:1:19: unknown key \"value\" in secrets.admin; the keys are file"
        ),
    ])
    func printsNoSecret(text: String, told: String) {
        #expect(refusal(of: text) == told)
    }

    @Test func tellsWhereAFileIsNotUTF8() {
        func place(_ bytes: [UInt8]) -> String { Environment.firstInvalid(in: bytes, file: "f").description }
        #expect(place([0xFF]) == "f:1:1")
        #expect(place(Array("a: ä\nb: ".utf8) + [0xE4, 0x0A]) == "f:2:4")
        #expect(place(Array("\u{FFFD}".utf8) + [0xC3]) == "f:1:2")
    }

    @Test func readsAnchorsAndMergeKeys() throws {
        let environment = try Environment.parse(
            text: """
                network: {subnet: 198.18.16.0/24}
                common: {defaults: &member {host: local, gateway: 198.18.16.1}}
                services:
                  dns:
                    dns1: {<<: *member, ipaddress: 198.18.16.5/24}
                    dns2: *member
                """, file: "lab.yaml")
        let members = environment.services.first?.members
        #expect(members?.map(\.host) == ["local", "local"])
        #expect(members?.first?.address == IPv4Address(198, 18, 16, 5))
    }

    @Test func readsOurForm() throws {
        let environment = try Environment.parse(
            text: """
                secrets: {admin: {file: secrets/admin}, keystone.database: {file: /etc/x}}
                settings: {debug: true}
                services:
                  keystone:
                    replicas: 1
                    settings: {workers: 4}
                    memory: 2g
                    image: {release: zed, version: 1.0}
                    members: {k1: {settings: {workers: 1}}}
                    config:
                      keystone.conf:
                        token: {expiration: 7200, provider: , list: [a, b]}
                """, file: "envs/lab.yaml")
        let keystone = try #require(environment.services.first)
        #expect(
            environment.secrets.mapValues(\.file) == ["admin": "envs/secrets/admin", "keystone.database": "/etc/x"])
        #expect(environment.settings.map(\.value) == [true])
        #expect(keystone.replicas == 1)
        #expect(keystone.version == "1.0")
        #expect(keystone.memory == ByteCount(bytes: 2 << 30))
        #expect(keystone.members.first?.settings.map(\.name) == ["workers"])
        #expect(keystone.overrides.map(\.key) == ["expiration", "provider", "list"])
        #expect(keystone.overrides.map(\.values.count) == [1, 0, 2])
        #expect(keystone.overrides.first?.place == Place(file: "envs/lab.yaml", line: 12, column: 17))
    }

    @Test(arguments: refused)
    func refuses(_ text: String, messages: String) {
        let expected = messages.split(separator: "\n").map { "lab.yaml:\($0)" }.joined(separator: "\n")
        #expect(refusal(of: text) == expected)
    }

    /// The type is explicit, since Swift 6.0 cannot infer that of so long a list in time.
    private static let refused: [(text: String, messages: String)] = [
        (
            "hosts: {far: {engine: far.example, address: 192.0.2.300}}\n",
            "1:23: hosts.far.engine is \"far.example\", expected tcp://HOST:PORT\n"
                + "1:23: the engine of far has no `tls`, and anyone who reaches it has root on that host; "
                + "add `tls: {ca: FILE, certificate: FILE, key: FILE}`\n"
                + "1:45: hosts.far.address is \"192.0.2.300\", expected an IPv4 address, as 198.18.16.2"
        ),
        (
            """
            hosts:
              far: {engine: "tcp://far.example:2376", tls: {ca: a, certificate: b, key: c}}
              near: {tls: {ca: a, certificate: b}}
            """,
            "2:3: hosts lacks local, this host, which others share networks with; "
                + "add `local: {address: A.B.C.D}`, the address at which they reach it\n"
                + "2:3: host far has no address at which the other hosts reach it; add `address: A.B.C.D`\n"
                + "3:15: hosts.near.tls lacks the key \"key\"\n"
                + "3:15: near has `tls` and no engine; add `engine: tcp://HOST:PORT`"
        ),
        (
            """
            hosts:
              local: {address: 192.0.2.1, engine: "tcp://far.example:2376"}
              far: {engine: "tcp://far.example:2376", tls: {ca: a, certificate: b, key: c}, address: 192.0.2.1}
            network: {subnet: 198.18.16.0/28}
            """,
            "2:39: local is the host whose engine DOCKER_HOST names; "
                + "leave `engine` out, or give the other host a name of its own\n"
                + "3:90: hosts local and far both have the address 192.0.2.1\n"
                + "4:19: network 198.18.16.0/28 is too small for 2 hosts; use a shorter prefix"
        ),
        ("- a\n", "1:1: found a list, expected a mapping"),
        ("servces: {}\n", "1:1: unknown key \"servces\"; did you mean services?"),
        (
            "name: My_Lab\n",
            "1:7: name is \"My_Lab\", expected a name of small letters, digits and hyphens, 63 at most"
        ),
        (
            "services: {keystone: , mariadb: 2}\n",
            "1:22: services.keystone is empty, expected a number of members, or a mapping; "
                + "write `keystone: 1`, or `keystone: {}` for as many as its recipe has"
        ),
        (
            "services: {keystone: {memory: 1k}}\n",
            "1:31: services.keystone.memory is \"1k\", expected 6m at least, or 0 for no limit"
        ),
        (
            "services: {keystone: many}\n",
            "1:22: services.keystone is \"many\", expected a number of members, or a mapping"
        ),
        (
            "services: {keystone: {replcias: 2}}\n",
            "1:23: unknown key \"replcias\" in services.keystone; did you mean replicas?"
        ),
        (
            "services: {keystone: {setings: {workers: 2}}}\n",
            "1:23: unknown key \"setings\" in services.keystone; did you mean settings?"
        ),
        (
            "services: {a: {members: {Bad_name: {}}}}\n",
            "1:26: services.a.members has \"Bad_name\", expected a name of small letters, digits and hyphens, 63 at most"
        ),
        (
            "services:\n  a: {members: {x: {}}}\n  b: {members: {x: {}}}\n",
            "3:17: member x is already one of a, in line 2; give one of the two another name"
        ),
        (
            "services: {a: {replicas: 1, members: {x: {}, y: {}}}}\n",
            "1:26: a names 2 members, and has replicas: 1; leave `replicas` out, or name as many"
        ),
        (
            "services: {a: {replicas: 2, members: {x: {}}}}\n",
            "1:26: a names 1 member, and has replicas: 2; leave `replicas` out, or name as many"
        ),
        ("services: {a: {host: nowhere}}\n", "1:22: unknown host nowhere; there is local"),
        ("services: {a: {members: {x: {host: locl}}}}\n", "1:36: unknown host locl; did you mean local?"),
        ("regions: [One]\nservices: {a: {region: Onee}}\n", "2:24: unknown region Onee; did you mean One?"),
        ("regions: [One, One]\n", "1:16: region One is given twice"),
        ("regions: []\n", "1:10: regions is empty, expected one name at least"),
        ("hosts: {node1: {}}\nservices: {a: {host: node2}}\n", "2:22: unknown host node2; did you mean node1?"),
        (
            "hosts: {node1: }\nservices: {a: {members: {x: {host: elsewhere}}}}\n",
            "2:36: unknown host elsewhere; there is node1"
        ),
        (
            "hosts: {node1: {ip: 1.2.3.4}}\n",
            "1:17: unknown key \"ip\" in hosts.node1; the keys are address, engine, tls"
        ),
        (
            "services: {a: {members: {x: {address: 198.18.17.1}}}}\n",
            "1:39: address 198.18.17.1 of x is not in the network 198.18.16.0/24"
        ),
        (
            "services: {a: {members: {x: {address: 198.18.16.1}, y: {address: 198.18.16.255}}}}\n",
            """
            1:39: address 198.18.16.1 of x is the gateway's
            1:66: address 198.18.16.255 of y is the network's own or its broadcast address
            """
        ),
        (
            "services: {a: {members: {x: {address: 198.18.16.9}, y: {address: 198.18.16.9}}}}\n",
            "1:66: members x and y both have the address 198.18.16.9"
        ),
        (
            "services: {a: {members: {x: {address: 198.18.16.09}}}}\n",
            "1:39: services.a.members.x.address is \"198.18.16.09\", expected an IPv4 address, as 198.18.16.2"
        ),
        (
            "services: {a: {members: {x: {address: 198.18.16.9, ipaddress: 198.18.16.9/24}}}}\n",
            "1:63: services.a.members.x has address and ipaddress, expected one of them"
        ),
        (
            "network: {subnet: 198.18.16.0/24}\nservices: {a: {x: {ipaddress: 198.18.16.9/16}}}\n",
            "2:31: 198.18.16.9/16 has another prefix than the environment's network 198.18.16.0/24; "
                + "write 198.18.16.9/24"
        ),
        (
            "network: {subnet: 198.18.16.0/30}\n",
            "1:19: network 198.18.16.0/30 is too small, expected a prefix of 28 or less"
        ),
        (
            "network: {subnet: 198.18.16.7/24}\n",
            "1:19: 198.18.16.7/24 is an address in a network, expected the network 198.18.16.0/24"
        ),
        (
            "network: {gateway: 198.18.17.1}\n",
            "1:20: gateway 198.18.17.1 is no host's address in 198.18.16.0/24"
        ),
        (
            "services: {a: {x: {macAddress: 03:00:00:00:00:01}}}\n",
            "1:32: services.a.x.macAddress is \"03:00:00:00:00:01\", "
                + "expected a MAC address of one interface, as 02:42:c6:12:10:02"
        ),
        (
            "services: {a: {x: {macAddress: 02:00:00:00:00:0a}, y: {macAddress: 02:00:00:00:00:0A}}}\n",
            "1:68: members x and y both have the MAC address 02:00:00:00:00:0a"
        ),
        (
            "services: {dns: {dns1: {host: a}}}\nregistered_services: {dnss: [], dns: [dns1, dns2]}\n",
            """
            2:23: registered_services has dnss, which is not under `services:`; did you mean dns?
            2:45: registered_services has dns2, which is no member of dns; did you mean dns1?
            """
        ),
        (
            "secrets: {a.b.c.d: {file: x}, d: {}}\n",
            """
            1:11: secrets has "a.b.c.d", expected SERVICE.NAME, NAME for the environment, or SERVICE.NAME.MEMBER
            1:34: secrets.d lacks the key "file"
            """
        ),
        (
            "services: {a: {config: {x.conf: {DEFAULT: {\"a:b\": 1, l: []}}}}}\n",
            """
            1:44: services.a.config.x.conf.DEFAULT.a:b cannot be a key: the key's name has a "=" or ":"
            1:57: services.a.config.x.conf.DEFAULT.l is a list, expected a text or a list of texts; write null to remove the key
            """
        ),
        ("public: {tls: no}\n", "1:15: public.tls is \"no\", expected true or false"),
        (
            "images: {version: \"a b\", root: {}}\n",
            """
            1:19: images.version is "a b", expected a version of letters, digits, dots, hyphens and underscores
            1:32: images.root lacks the key "pull"
            """
        ),
    ]
}
