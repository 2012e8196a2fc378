import Cryptography
import Layouts
import Model
import Recipes
import System
import TestStorage
import TestTools
import Testing

@testable import Clouds

@Suite struct SecretKeeperTests {
    private static let key = String(repeating: "A", count: 43) + "="

    /// An environment's state, and its secrets with the file given as a Fernet key's where `isGiven`.
    private func withKeeper(
        _ body: (EnvironmentState, _ file: String, (Bool) async throws -> [String: KeptSecret]) async throws -> Void
    ) async throws {
        try await Files.withTemporaryDirectory { folder in
            let state = EnvironmentState(store: MemoryStore(), environment: "lab")
            let repository = Files.folder(of: Files.folder(of: Files.folder(of: #filePath)))
            try await body(state, folder + "/key") { isGiven in
                let secret = isGiven ? "secrets: {fernet-0: {file: \(folder)/key}}\n" : ""
                let environment = try Environment.parse(
                    text: secret + "services: {keystone: 1, mariadb: 1, memcached: 1, haproxy: 1}\n", file: "lab.yaml")
                let catalog = try Catalog.load(
                    folder: repository + "/catalog", recipes: environment.services.map(\.name))
                let layout = try Layout(environment: environment, catalog: catalog, kept: [:])
                return try await SecretKeeper(state: state).secrets(for: layout).changed
            }
        }
    }

    @Test func runsAtTheSameTimeHaveTheSameSecrets() async throws {
        let repository = Files.folder(of: Files.folder(of: Files.folder(of: #filePath)))
        let environment = try Environment.parse(
            text: "services: {keystone: 1, mariadb: 1, memcached: 1, haproxy: 1}\n", file: "lab.yaml")
        let catalog = try Catalog.load(folder: repository + "/catalog", recipes: environment.services.map(\.name))
        let layout = try Layout(environment: environment, catalog: catalog, kept: [:])
        let keeper = SecretKeeper(state: EnvironmentState(store: MemoryStore(), environment: "lab"))
        let found = try await withThrowingTaskGroup(of: [String: String].self) { group in
            for _ in 0..<8 { group.addTask { try await keeper.secrets(for: layout).all } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let kept = try await keeper.state.secrets()
        #expect(kept.count > 5)
        #expect(found == Array(repeating: kept, count: 8))

        // So are the replacements that they prepare.
        let prepared = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<8 {
                group.addTask { try await keeper.replacement(of: "fernet-0", kind: .fernetKey) }
            }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(try await prepared == [keeper.state.replacement(of: "fernet-0") ?? ""])
    }

    @Test func whatIsTakenOutOfTheFileIsOut() async throws {
        try await withKeeper { state, file, changes in
            try Files.write(Self.key, to: file, mode: 0o600)
            #expect(try await changes(true).isEmpty)
            #expect(try await state.keptSecrets()["fernet-0"] == KeptSecret(value: Self.key, isGiven: true))
            // Two plans have the same in its place, and what is kept is not changed by looking.
            let replaced = try await changes(false)
            #expect(Set(replaced.keys) == ["fernet-0"])
            #expect(try await changes(false) == replaced)
            let new = try #require(replaced["fernet-0"])
            #expect(!new.isGiven && new.value != Self.key && Base64.decode(new.value)?.count == 32)
            #expect(try await state.secrets()["fernet-0"] == Self.key)
            try await state.put(secrets: replaced)
            #expect(try await changes(false).isEmpty)
            #expect(try await state.replacement(of: "fernet-0") == nil)
            #expect(try await state.secrets()["fernet-0"] == new.value)
        }
    }

    @Test func aKeptKeyThatIsNoneIsReplaced() async throws {
        try await withKeeper { state, _, changes in
            try await state.put(secret: "abc", key: "fernet-0")
            let replaced = try await changes(false)
            #expect(Set(replaced.keys) == ["fernet-0"])
            #expect(Base64.decode(try #require(replaced["fernet-0"]?.value))?.count == 32)
        }
    }

    @Test func aGivenKeyThatIsNoneIsRefusedAndNotKept() async throws {
        try await withKeeper { state, file, changes in
            try Files.write("abc\n", to: file, mode: 0o600)
            let told = await thrown(Problems.self) { try await changes(true) }
            #expect(told?.description.contains("\(file) has 3 characters and is no Fernet key; ") == true)
            #expect(try await state.secrets()["fernet-0"] == nil)
            try Files.write(Self.key + "\r\n", to: file, mode: 0o600)
            #expect(try await changes(true).isEmpty)
            #expect(try await state.secrets()["fernet-0"] == Self.key)
        }
    }
}
