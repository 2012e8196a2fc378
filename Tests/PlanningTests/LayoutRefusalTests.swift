import Model
import Recipes
import Testing

@testable import Resolving

@Suite struct LayoutRefusalTests {
    /// What an environment is refused with, one problem a line.
    private func refusal(_ text: String) throws -> String {
        let environment = try Environment.parse(text: text, file: "lab.yaml")
        let catalog = try Catalog.load(
            folder: "/" + ResolvedIdentity.repository + "/catalog", recipes: environment.services.map(\.name))
        do {
            _ = try Layout(environment: environment, catalog: catalog, kept: [:])
            return "accepted"
        } catch let problems as Problems {
            return problems.description
        }
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

    @Test func whatIsMissingBesideAMisspeltServiceIsToldAsWell() throws {
        #expect(
            try refusal("services: {keystone: 1, memcahced: 1, haproxy: 1}\n") == """
                lab.yaml:1:25: unknown service memcahced; did you mean memcached?
                lab.yaml:1:12: keystone needs mariadb; add `mariadb: 1` under `services:`
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
