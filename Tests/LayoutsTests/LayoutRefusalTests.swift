import Model
import Recipes
import System
import TestTools
import Testing

@testable import Layouts

@Suite struct LayoutRefusalTests {
    /// What an environment is refused with, one problem a line.
    private func refusal(_ text: String) throws -> String {
        let environment = try Environment.parse(text: text, file: "lab.yaml")
        let catalog = try Catalog.load(
            folder: repositoryFolder + "/catalog", recipes: environment.services.map(\.name))
        do {
            _ = try Layout(environment: environment, catalog: catalog, kept: [:])
            return "accepted"
        } catch let problems as Problems {
            return problems.description
        }
    }

    @Test func aMistakeInTheFormHidesNoOther() throws {
        let text = """
            netwrok: {subnet: 198.18.16.0/24}
            settings: {workers: many}
            services:
              mariadb: 1
              keystoen: 1
              glance-api: {replicsa: 2, settings: {debug: maybe}}
              haproxy: [1]
            public: {address: here}

            """
        let catalog = try Catalog.load(folder: repositoryFolder + "/catalog")
        let told = thrown(Problems.self) {
            _ = try Environment.parse(text: text, file: "lab.yaml") { Layout.mistakes(in: $0, catalog: catalog) }
        }
        #expect(
            try #require(told).description == """
                lab.yaml:1:1: unknown key "netwrok"; did you mean network?
                lab.yaml:2:21: the setting workers is "many", expected an integer
                lab.yaml:5:3: unknown service keystoen; did you mean keystone?
                lab.yaml:6:16: unknown key "replicsa" in services.glance-api; did you mean replicas?
                lab.yaml:6:47: glance-api's setting debug is "maybe", expected a boolean
                lab.yaml:7:12: services.haproxy is a list, expected a mapping
                lab.yaml:8:19: public.address is "here", expected an IPv4 address, as 198.18.16.2
                """)
    }

    @Test(arguments: [
        ("{rabbitmq: 3}", "lab.yaml:1:12: rabbitmq has 3 members and can have 1 at most"),
        ("{registry: 2}", "lab.yaml:1:12: registry has 2 members and can have 1 at most"),
    ])
    func membersThatKnowNothingOfEachOtherAreRefused(services: String, told: String) throws {
        #expect(try refusal("services: \(services)\n").hasPrefix(told))
    }

    @Test(arguments: [
        (
            "{memcached: {members: {m: {data-of: n}}}}",
            "lab.yaml:1:34: m is to take over the data of n, and members of memcached keep no data of their own; "
                + "leave `data-of` out"
        ),
        (
            "{mariadb: {members: {db: {data-of: db}}}}",
            "lab.yaml:1:32: db is to take over the data of db, which is in the file itself; "
                + "name a member that is not there any more"
        ),
        ("{mariadb: {members: {db: {data-of: mariadb1}}}}", "accepted"),
    ])
    func onlyDataOfMembersThatAreGoneIsTakenOver(services: String, told: String) throws {
        #expect(try refusal("services: \(services)\n") == told)
    }

    @Test func aSettingOfSeveralServicesIsToldOnce() throws {
        let text = """
            settings: {workers: many}
            services: {keystone: 1, mariadb: 1, memcached: 1, haproxy: 1, glance-api: 1}

            """
        #expect(try refusal(text) == "lab.yaml:1:21: the setting workers is \"many\", expected an integer")
    }

    @Test(arguments: [
        (
            "settings: {workers: 2}\nservices: {keystoen: 1, mariadb: 1, memcached: 1, glance-api: 1, haproxy: 1}\n",
            "lab.yaml:2:12: unknown service keystoen; did you mean keystone?"
        ),
        (
            "services: {keystone: 1, mariadb: 1, memcahced: 1, haproxy: 1}\n",
            "lab.yaml:1:37: unknown service memcahced; did you mean memcached?"
        ),
    ])
    func aMisspeltServiceIsToldOnce(text: String, told: String) throws {
        #expect(try refusal(text) == told)
    }

    @Test func whatOpenStackCannotTakeIsRefusedAtItsPlace() throws {
        let text = """
            services:
              mariadb: 1
              memcached: 1
              haproxy: 1
              keystone:
                config:
                  keystone.conf:
                    token: {expiration: abc, provider: fernet, allow_expired_window: null}
                    cache: {enabled: maybe}
                    password_policy: {length: 1}
                    DEFAULT: {log_rotation_type: Size, max_token_size: $max_param_size, log_rotate_interval: 1h}

            """
        #expect(
            try refusal(text) == """
                lab.yaml:8:29: keystone's keystone.conf [token] expiration is "abc", expected an integer of 0 at least
                lab.yaml:9:26: keystone's keystone.conf [cache] enabled is "maybe", expected true or false
                lab.yaml:11:98: keystone's keystone.conf [DEFAULT] log_rotate_interval is "1h", expected an integer
                """)
    }

    @Test func whatOpenStackDoesNotKnowIsNoted() throws {
        let notes = try notes(
            ofServices: "keystone: {config: {keystone.conf: {token: {expiratoin: 60}, tokn: {expiration: 60}, "
                + "keystone_authtoken: {username: a}}}}, mariadb: 1, memcached: 1, haproxy: 1")
        #expect(
            notes == [
                "e.yaml:1:56: keystone.conf of epoxy has no option [token] expiratoin; did you mean expiration?",
                "e.yaml:1:73: keystone.conf of epoxy has no section [tokn]; did you mean [token]?",
                "e.yaml:1:97: keystone.conf of epoxy has no section [keystone_authtoken]",
            ])
    }

    /// What `up` compares when it wants to know whether there is still nothing to do, and that it reads no more.
    @Test(arguments: [true, false]) func listsAreReadForFilesThatAreGivenTo(isGiven: Bool) throws {
        let config = isGiven ? "config: {keystone.conf: {token: {expiration: 60}}}" : ""
        let journal = FileJournal()
        let told = try FileJournal.$current.withValue(journal) {
            try refusal("services: {keystone: {\(config)}, mariadb: 1, memcached: 1, haproxy: 1}\n")
        }
        #expect(told == "accepted")
        let lists = try #require(journal.summary()).questions.split(separator: "\n").filter { $0.contains("/options/") }
        let path = "\(repositoryFolder)/catalog/options/epoxy/keystone.ini"
        #expect(lists == (isGiven ? ["c\(path)", "e\(path)"] : []))
    }

    @Test func anotherReleaseHasOptionsOfItsOwn() throws {
        let config = "config: {keystone.conf: {eventlet_server: {public_port: x}}}"
        let services = "services: {keystone: {\(config)}, mariadb: 1, memcached: 1, haproxy: 1}\n"
        #expect(try refusal("images: {release: epoxy}\n" + services) == "accepted")
        #expect(
            try refusal("images: {release: zed}\n" + services)
                == "lab.yaml:2:79: keystone's keystone.conf [eventlet_server] public_port is \"x\", "
                + "expected an integer from 0 to 65535")
    }

    @Test func whatIsMissingBesideAMisspeltServiceIsToldAsWell() throws {
        #expect(
            try refusal("services: {keystone: 1, memcahced: 1, haproxy: 1}\n") == """
                lab.yaml:1:12: keystone needs mariadb; add `mariadb: 1` under `services:`
                lab.yaml:1:25: unknown service memcahced; did you mean memcached?
                """)
    }

    @Test(arguments: [
        ("workers: many", "lab.yaml:1:43: keystone's setting workers is \"many\", expected an integer"),
        ("workers: 100", "lab.yaml:1:43: keystone's setting workers is an integer 100, expected 64 at most"),
        ("workers: true", "lab.yaml:1:43: keystone's setting workers is a boolean true, expected an integer"),
    ])
    func settingsAreRefusedWithTheirValues(setting: String, told: String) throws {
        let services = "keystone: {settings: {\(setting)}}, mariadb: 1, memcached: 1, haproxy: 1"
        #expect(try refusal("services: {\(services)}\n") == told)
    }
}
