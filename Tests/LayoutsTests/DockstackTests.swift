import Model
import Recipes
import TestTools
import Testing

@testable import Layouts

/// The environment file of Dockstack's README, of whose services the catalogue has one.
@Suite struct DockstackTests {
    @Test func aPlanSaysWhatIsMissing() throws {
        let environment = try Environment.parse(text: dockstackFile, file: "common.yaml")
        let catalog = try Catalog.load(folder: repositoryFolder + "/catalog")
        let layout = try Layout(environment: environment, catalog: catalog, kept: [:])
        let unknown = [
            ("cassandra", ["cas1"]), ("collector", ["col1"]), ("config", ["conf1"]), ("control", ["ctrl1"]),
            ("dns", ["dns1", "dns2"]), ("galera", ["gal1"]), ("openstack", ["os1"]),
            ("puppet", ["puppet1", "puppet2"]), ("webui", ["webui1"]),
        ]
        let lines = unknown.flatMap { service, members in
            members.map { "\($0): the catalogue has no service \(service)" }
        }
        let elsewhere = ["ha1", "ha2"].map { "\($0): host 192.168.99.2 is not this one" }
        #expect(layout.missing.sorted() == (lines + elsewhere).sorted())
    }
}
