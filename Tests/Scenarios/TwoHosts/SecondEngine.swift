import DockerEngine
import HTTP
import Model
import System
import Testing

/// An engine in a network namespace of its own, as another host; see scripts/second-engine.
struct SecondEngine {
    static let script = "\(Places.repository)/scripts/second-engine"
    static let address = "tcp://198.18.240.2:2376"

    /// The folder with its certificates.
    let certificates: String
    let engine: Engine

    /// Runs `body` with a second engine, which is empty at first and ended afterwards.
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

    /// The lines of an environment's file with this host beside the tests' own.
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

    /// The containers, networks and volumes, without the networks that every engine has.
    func listing() async throws -> [String] {
        let containers = try await engine.containers().map { "container \($0.name)" }
        let networks = try await engine.networks().map { "network \($0.name)" }
        let volumes = try await engine.volumes().map { "volume \($0.name)" }
        let standard = ["network bridge", "network host", "network none"]
        return (containers + networks + volumes).filter { !standard.contains($0) }.sorted()
    }

    /// The names of the VXLAN devices in the tests' namespace and in the second engine's.
    func links() async throws -> [String] {
        let second = Files.folder(of: certificates) + "/network"
        let command = ["-o", "link", "show", "type", "vxlan"]
        let here = try await Subprocess("ip", command).run().checked().outputText
        let there = try await Subprocess("nsenter", ["--net=\(second)", "ip"] + command).run().checked().outputText
        // Each line has a number, then the device's name.
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
