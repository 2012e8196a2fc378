import Model
import Recipes
import TestTools
import Testing

@testable import Layouts

/// The notes on an environment with these services.
func notes(ofServices services: String) throws -> [String] {
    let environment = try Environment.parse(text: "services: {\(services)}\n", file: "e.yaml")
    let catalog = try Catalog.load(folder: repositoryFolder + "/catalog", recipes: environment.services.map(\.name))
    return try Layout(environment: environment, catalog: catalog, kept: [:]).notes
}

@Suite struct NoteTests {
    @Test func tellsWhatBecameOfServicesThatAreNoMore() throws {
        #expect(
            try notes(ofServices: "memcached: 1, glance-registry: 1, nova-consoleauth: {}") == [
                "glance-registry is no more: Glance's API has read the database itself since the Stein release",
                "nova-consoleauth is no more: Nova keeps the tokens of consoles in its database since the Train release",
            ])
        #expect(try notes(ofServices: "memcached: 1") == [])
    }
}
