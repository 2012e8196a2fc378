import Cryptography
import HTTP
import Model
import System
import TestTools
import Testing

@testable import DockerEngine

@Suite struct DockerContextTests {
    /// Runs `body` with a configuration folder of Docker's client that has a context `far`.
    private func withFolder(inUse: String?, _ body: (String) throws -> Void) async throws {
        try await Files.withTemporaryDirectory { folder in
            let meta = "\(folder)/contexts/meta/\(SHA256.hex(of: "far"))"
            let keys = "\(folder)/contexts/tls/\(SHA256.hex(of: "far"))/docker"
            for needed in [meta, keys] { try Files.makeDirectory(needed) }
            try Files.write(
                #"{"Name": "far", "Endpoints": {"docker": {"Host": "tcp://198.18.0.9:2376", "SkipTLSVerify": false}}}"#,
                to: meta + "/meta.json")
            try Files.write("", to: keys + "/ca.pem")
            if let inUse { try Files.write("{\"currentContext\": \"\(inUse)\"}", to: folder + "/config.json") }
            try body(folder)
        }
    }

    @Test func theContextThatAVariableNamesIsUsed() async throws {
        try await withFolder(inUse: nil) { folder in
            let variables = ["DOCKER_CONFIG": folder, "DOCKER_CONTEXT": "far"]
            let address = try EngineAddress.fromEnvironment { variables[$0] }
            #expect(address.description == "tcp://198.18.0.9:2376")
            #expect(address.settings.tls.authorities?.hasSuffix("/docker/ca.pem") == true)
            #expect(address.settings.tls.certificate == nil && address.settings.tls.verifies)
            let both = variables.merging(["DOCKER_HOST": "unix:///other"]) { $1 }
            #expect(try EngineAddress.fromEnvironment { both[$0] }.description == "unix:///other")
        }
    }

    @Test func anotherContextInUseIsToldOf() async throws {
        try await withFolder(inUse: "far") { folder in
            let told = thrown(Problems.self) {
                try EngineAddress.fromEnvironment { ["DOCKER_CONFIG": folder][$0] }
            }
            #expect(
                told?.description == "Docker's client uses the context far, whose engine is at tcp://198.18.0.9:2376; "
                    + "set DOCKER_CONTEXT=far to work there, or DOCKER_HOST=unix:///var/run/docker.sock to work with "
                    + "the engine of this host")
            let plain = ["DOCKER_CONFIG": folder, "DOCKER_CONTEXT": "default"]
            let address = try EngineAddress.fromEnvironment { plain[$0] }
            #expect(address.description == "unix:///var/run/docker.sock")
        }
    }

    @Test(arguments: [nil, "default", "gone"])
    func otherwiseTheEngineOfThisHostIsMeant(inUse: String?) async throws {
        try await withFolder(inUse: inUse) { folder in
            let address = try EngineAddress.fromEnvironment { ["DOCKER_CONFIG": folder][$0] }
            #expect(address.description == "unix:///var/run/docker.sock")
        }
    }

    @Test func aContextThatIsNotThereIsTold() async throws {
        try await withFolder(inUse: nil) { folder in
            let variables = ["DOCKER_CONFIG": folder, "DOCKER_CONTEXT": "fra"]
            let told = thrown(Problems.self) { try EngineAddress.fromEnvironment { variables[$0] } }
            #expect(
                told?.description == "Docker has no context fra, which DOCKER_CONTEXT names; see `docker context ls`")
        }
    }
}
