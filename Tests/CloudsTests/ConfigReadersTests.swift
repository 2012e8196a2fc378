import Layouts
import Model
import Recipes
import System
import TestEnvironments
import TestTools
import Testing

@testable import Clouds

@Suite struct ConfigReadersTests {
    private let readers: ConfigReaders

    init() throws {
        let tests = Files.folder(of: Files.folder(of: #filePath))
        let environment = try Environment.parse(
            text: """
                services:
                  mariadb: 1
                  memcached: 1
                  haproxy: 1
                  keystone: {replicas: 2, config: {keystone.conf: {token: {max_token_size: 300}}}}

                """, file: "lab.yaml")
        let catalog = try Catalog.load(
            folder: Files.folder(of: tests) + "/catalog", recipes: environment.services.map(\.name))
        let layout = try Layout(environment: environment, catalog: catalog, kept: [:])
        readers = ConfigReaders(layout: layout, options: catalog.options)
    }

    @Test func aKeyThatTheRecipeSets() throws {
        let found = try readers.readers(of: "keystone.conf/token/provider")
        #expect(found.map(\.service) == ["keystone"])
        #expect(found.map(\.place) == ["keystone.conf [token] provider"])
        #expect(found.map(\.members) == [["keystone1", "keystone2"]])
        #expect(found.map(\.isSet) == [true])
    }

    @Test func aKeyThatTheOperatorSets() throws {
        let found = try readers.readers(of: "keystone.conf/token/max_token_size")
        #expect(found.map(\.isSet) == [true])
        #expect(found.map(\.place) == ["keystone.conf [token] max_token_size"])
    }

    @Test func aKeyThatItsProgramHasADefaultFor() throws {
        let found = try readers.readers(of: "keystone.conf/token/allow_rescope_scoped_token")
        #expect(found.map(\.isSet) == [false])
        #expect(found.map(\.place) == ["keystone.conf [token] allow_rescope_scoped_token"])
    }

    @Test func aKeyThatNoProgramHas() throws {
        #expect(try readers.readers(of: "keystone.conf/token/allow_rescope").isEmpty)
        #expect(try readers.readers(of: "keystone.conf/tokn/expiration").isEmpty)
        let names = try readers.names(near: "keystone.conf/token/expiratoin")
        #expect(
            Remedy.meant(by: "keystone.conf/token/expiratoin", among: names)
                == "did you mean keystone.conf/token/expiration?")
    }

    @Test func aWholeFile() throws {
        #expect(try readers.readers(of: "keystone.conf").map(\.place) == ["keystone.conf"])
        #expect(try readers.readers(of: "haproxy.cfg").map(\.service) == ["haproxy"])
    }

    @Test func settingsAndSecrets() throws {
        let settings = try readers.readers(of: "keystone.workers")
        #expect(!settings.isEmpty && settings.allSatisfy { $0.service == "keystone" })
        #expect(try readers.readers(of: "admin").contains { $0.service == "keystone" })
        #expect(try readers.readers(of: "wrokers").isEmpty)
    }

    @Test func namesThatAreTemplatesAreKnownByWhatTheyRenderTo() throws {
        let disks = try DiskEnvironment(disks: "{replicas: 2, config: {disk.conf: {disk.1: {size: 2}}}}")
        let readers = ConfigReaders(layout: disks.layout, options: disks.catalog.options)
        let place = "disk.conf [disk.{{ member.index }}] key"
        for name in [
            "disk.conf/disk.0/key", "disk.conf/disk.{{ member.index }}/key", "disk.own-key", "disk.own-key.disk2",
        ] {
            let found = try readers.readers(of: name)
            #expect(found.map(\.place) == [place], "\(name)")
            #expect(found.map(\.isSet) == [true], "\(name)")
        }
        #expect(try readers.readers(of: "disk.conf/disk.1/size").map(\.place) == ["disk.conf [disk.1] size"])
        // A program whose options nobody has listed may have any other.
        #expect(try readers.readers(of: "disk.conf/other/key").map(\.isSet) == [false])
        #expect(try readers.readers(of: "id").map(\.place) == ["format.env"])
        for name in try readers.names(near: "").filter({ $0.contains("/") }) {
            #expect(try !readers.readers(of: name).isEmpty, "\(name)")
        }
    }

    /// Whatever key a recipe sets can be asked for.
    @Test func everyKeyOfEveryFileIsExplained() throws {
        let names = try readers.names(near: "").filter { $0.contains("/") }
        #expect(names.count > 50)
        for name in names { #expect(try !readers.readers(of: name).isEmpty, "\(name)") }
    }
}
