import DockerEngine
import HTTP
import Model
import System
import Testing

/// An engine in a network namespace of its own, as another host: scripts/second-engine.
struct SecondEngine {
    static let script = "\(Places.repository)/scripts/second-engine"
    static let address = "tcp://198.18.240.2:2376"

    /// The folder of its certificates.
    let certificates: String
    let engine: Engine

    /// Runs `body` with a second engine that has nothing yet, and ends it.
    static func run(_ body: (SecondEngine) async throws -> Void) async throws {
        let started = try await Subprocess(script, ["start"], timeLimit: .seconds(300)).run().checked()
        do {
            try await body(try SecondEngine(certificates: started.outputText.trimmingSpace()))
        } catch {
            _ = try? await Subprocess(script, ["stop"], timeLimit: .seconds(120)).run()
            throw error
        }
        try await Subprocess(script, ["stop"], timeLimit: .seconds(120)).run().checked()
    }

    private init(certificates: String) throws {
        self.certificates = certificates
        let tls = TLSSettings(
            authorities: "\(certificates)/ca.pem", certificate: "\(certificates)/client.pem",
            key: "\(certificates)/client-key.pem")
        engine = Engine(try EngineAddress(Self.address, tls: tls))
    }

    /// The lines of an environment with this host beside the tests' own.
    func hosts(certificate: String = "client", port: Int = 2376) -> String {
        """
        hosts:
          local: {address: 198.18.240.1}
          second:
            engine: \(Self.address.split(separator: ":").dropLast().joined(separator: ":")):\(port)
            address: 198.18.240.2
            tls:
              ca: \(certificates)/ca.pem
              certificate: \(certificates)/\(certificate).pem
              key: \(certificates)/\(certificate)-key.pem

        """
    }

    /// What there is but images and what every engine has.
    func listing() async throws -> [String] {
        let containers = try await engine.containers().map { "container \($0.name)" }
        let networks = try await engine.networks().map { "network \($0.name)" }
        let volumes = try await engine.volumes().map { "volume \($0.name)" }
        let standard = ["network bridge", "network host", "network none"]
        return (containers + networks + volumes).filter { !standard.contains($0) }.sorted()
    }

    /// The VXLAN devices of the tests' namespace and of the second engine's.
    func links() async throws -> [String] {
        let second = Files.folder(of: certificates) + "/network"
        let command = ["-o", "link", "show", "type", "vxlan"]
        let here = try await Subprocess("ip", command).run().checked().outputText
        let there = try await Subprocess("nsenter", ["--net=\(second)", "ip"] + command).run().checked().outputText
        // Neither says which device it was before: a number, then its name.
        return [here, there].flatMap { $0.split(separator: "\n") }.compactMap { line in
            line.split(separator: " ").dropFirst().first.map { String($0.dropLast()) }
        }
    }
}

extension String {
    fileprivate func trimmingSpace() -> String {
        split(separator: "\n").last.map(String.init) ?? ""
    }
}
