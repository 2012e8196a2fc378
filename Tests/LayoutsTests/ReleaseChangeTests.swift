import Model
import Recipes
import TestTools
import Testing

@testable import Layouts

/// Which releases an environment that runs can change to, by the project's own catalogue.
@Suite struct ReleaseChangeTests {
    private func problems(_ text: String, running release: String, of services: [String]) throws -> String {
        let environment = try Environment.parse(text: text, file: "lab.yaml")
        let catalog = try Catalog.load(
            folder: repositoryFolder + "/catalog", recipes: environment.services.map(\.name))
        let containers = services.map { service in
            var container = ObservedContainer(id: service, name: service, host: "local")
            container.service = service
            container.release = release
            return container
        }
        let layout = try Layout(environment: environment, catalog: catalog, kept: [:], containers: containers)
        return layout.releaseConflicts(with: containers).map(\.description).joined(separator: "\n")
    }

    private let services = "services: {mariadb: 1, rabbitmq: 1, memcached: 1, keystone: 1}\n"
    private let pinned = """
        services: {mariadb: 1, rabbitmq: {replicas: 1, image: {release: zed}}, memcached: 1, keystone: 1}

        """

    @Test func aReleaseFollowsWhatItSays() throws {
        let names = ["mariadb", "memcached", "keystone"]
        #expect(try problems("images: {release: epoxy}\n" + services, running: "zed", of: names) == "")
        #expect(try problems("images: {release: epoxy}\n" + services, running: "epoxy", of: names) == "")
        #expect(try problems("images: {release: zed}\n" + services, running: "zed", of: names) == "")
    }

    @Test func aServiceThatCannotFollowStays() throws {
        #expect(
            try problems("images: {release: epoxy}\n" + services, running: "zed", of: ["keystone", "rabbitmq"])
                == "lab.yaml:1:9: rabbitmq runs release zed and cannot change to release epoxy: RabbitMQ 4.0 does not "
                + "start on the feature flags of 3.10; give it `image: {release: zed}` to keep it on that release")
        let pinned = "images: {release: epoxy}\n" + pinned
        #expect(try problems(pinned, running: "zed", of: ["keystone", "rabbitmq"]) == "")
    }

    @Test func aDowngradeIsRefused() throws {
        #expect(
            try problems("images: {release: zed}\n" + services, running: "epoxy", of: ["keystone"])
                == "lab.yaml:1:9: keystone runs release epoxy, which release zed does not follow; go on with release "
                + "epoxy, or remove the environment with its data first, by `minke down --volumes`")
    }
}
