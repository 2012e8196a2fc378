import DockerEngine
import Model
import System
import TestTools
import Testing

@testable import Building

/// Logins to registries, as `docker login` saves them.
@Suite struct RegistryLoginTests {
    private func saved(_ text: String) async throws -> RegistryCredentials? {
        try await Files.withTemporaryDirectory { folder in
            try Files.write(text, to: "\(folder)/config.json", mode: 0o600)
            return try RegistryCredentials.saved(for: "registry.test:5000", file: "\(folder)/config.json")
        }
    }

    @Test func readsALogin() async throws {
        let found = try await saved(#"{"auths": {"registry.test:5000": {"auth": "dXNlcjp3b3JkOnM="}}}"#)
        #expect(found?.user == "user")
        #expect(found?.password == "word:s")
    }

    @Test(arguments: [
        #"{}"#,
        #"{"credsStore": "pass"}"#,
        #"{"credsStore": "pass", "auths": {"other.test": {}}}"#,
    ])
    func findsNone(text: String) async throws {
        #expect(try await saved(text) == nil)
    }

    /// A login that a credential helper stores is an error, since without it the registry would refuse the push without
    /// a reason.
    @Test(arguments: [
        #"{"credHelpers": {"registry.test:5000": "pass"}}"#,
        #"{"credsStore": "pass", "auths": {"registry.test:5000": {}}}"#,
        #"{"credsStore": "pass", "auths": {"https://registry.test:5000": {}}}"#,
    ])
    func namesTheHelperThatHasIt(text: String) async throws {
        let error = await thrown(Problems.self) { try await saved(text) }
        #expect(error?.description.contains("leaves the login to registry.test:5000 to the helper pass") == true)
    }
}
