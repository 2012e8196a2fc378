import Layouts
import Model
import Recipes
import System
import TestStorage
import TestTools
import Testing

@testable import Clouds

@Suite struct SecretRotatingTests {
    /// A keeper with secrets that are kept already, and the layout of an environment that gives one of them.
    private func withKeeper(_ body: (SecretKeeper, Layout) async throws -> Void) async throws {
        try await Files.withTemporaryDirectory { folder in
            let keeper = SecretKeeper(state: EnvironmentState(store: MemoryStore(), environment: "lab"))
            let repository = Files.folder(of: Files.folder(of: Files.folder(of: #filePath)))
            try Files.write("known-to-us\n", to: folder + "/admin", mode: 0o600)
            let environment = try Environment.parse(
                text: "secrets: {admin: {file: \(folder)/admin}}\n"
                    + "services: {keystone: 1, mariadb: 1, memcached: 1, haproxy: 1}\n", file: "lab.yaml")
            let catalog = try Catalog.load(folder: repository + "/catalog", recipes: environment.services.map(\.name))
            let layout = try Layout(environment: environment, catalog: catalog, kept: [:])
            _ = try await keeper.secrets(for: layout)
            try await body(keeper, layout)
        }
    }

    @Test func aRotatedSecretIsReplacedByTheNextPlan() async throws {
        try await withKeeper { keeper, layout in
            let old = try await keeper.state.secrets()["fernet-0"]
            #expect(try await keeper.secrets(for: layout).changed.isEmpty)
            try await keeper.prepareReplacements(of: ["fernet-0"], in: layout)
            let changed = try await keeper.secrets(for: layout).changed
            #expect(Set(changed.keys) == ["fernet-0"])
            #expect(changed["fernet-0"]?.value != old && changed["fernet-0"]?.isGiven == false)
            // Two plans have the same, and asking again is no further change.
            try await keeper.prepareReplacements(of: ["fernet-0"], in: layout)
            #expect(try await keeper.secrets(for: layout).changed == changed)
            #expect(try await keeper.state.secrets()["fernet-0"] == old)
            try await keeper.state.put(secrets: changed)
            #expect(try await keeper.secrets(for: layout).changed.isEmpty)
        }
    }

    @Test func refusesUnknownAndGivenOnesAndThenDoesNothing() async throws {
        try await withKeeper { keeper, layout in
            let problems = await thrown(Problems.self) {
                try await keeper.prepareReplacements(of: ["fernet-0", "fernt-0", "admin"], in: layout)
            }
            #expect(
                problems?.all.map(\.message) == [
                    "no service of this environment has a secret fernt-0",
                    "the secret admin is given, and is not generated",
                ])
            #expect(problems?.all.first?.remedy == "did you mean fernet-0?")
            let prepared = try await keeper.state.preparedReplacements()
            #expect(prepared.isEmpty)
        }
    }

    @Test func tellsNamesAndOrigins() async throws {
        try await withKeeper { keeper, layout in
            let secrets = CloudSecret.all(of: layout, replaced: ["fernet-0"])
            #expect(secrets.map(\.name) == secrets.map(\.name).sorted())
            #expect(secrets.filter { $0.origin == .given }.map(\.name) == ["admin"])
            #expect(secrets.filter(\.isReplaced).map(\.name) == ["fernet-0"])
            let kept = try await keeper.state.secrets()
            #expect(secrets.allSatisfy { kept[$0.name] != nil })
        }
    }
}
