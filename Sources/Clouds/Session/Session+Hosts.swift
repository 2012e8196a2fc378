import Applying
import Cryptography
import DockerEngine
import HTTP
import Model
import Observing
import Recipes
import System

extension Session {
    /// The engines of an environment's hosts, by host. Throws `Problems` where files for their TLS are missing or
    /// wrong.
    package static func engines(of environment: Environment, own: Engine) throws -> [String: Engine] {
        var engines = [Environment.here: own]
        var problems: [Problem] = []
        for host in environment.hosts {
            guard let remote = host.engine else { continue }
            for file in [remote.authority, remote.certificate, remote.key] where !Files.exists(file) {
                problems.append(
                    Problem(
                        at: remote.place, "host \(host.name): there is no file \(file)",
                        remedy: "paths in `tls` are relative to the environment file's folder"))
            }
            if problems.isEmpty, let problem = try complaint(about: remote, of: host.name) { problems.append(problem) }
            engines[host.name] = Engine(
                try EngineAddress(
                    remote.address,
                    tls: TLSSettings(
                        authorities: remote.authority, certificate: remote.certificate, key: remote.key)))
        }
        if !problems.isEmpty { throw Problems(problems) }
        return engines
    }

    /// The problem with the TLS files of a remote engine; nil where there is none.
    private static func complaint(about remote: Environment.RemoteEngine, of host: String) throws -> Problem? {
        func text(_ file: String) throws -> String {
            try withGivenFiles(at: remote.place) { try Files.readGivenText(file) }
        }
        let identity = ClientIdentity(
            authority: try text(remote.authority), certificate: try text(remote.certificate),
            key: try text(remote.key))
        guard let (part, complaint) = identity.complaint() else { return nil }
        let file =
            switch part {
            case .authority: remote.authority
            case .certificate: remote.certificate
            case .key: remote.key
            }
        return Problem(at: remote.place, "host \(host): \(file) \(complaint)")
    }

    /// Observes the environment on all hosts, without working out its desired state.
    package func observe() async throws -> Observation {
        let own = Observer(engine: engine, host: Environment.here, known: try await state.knownContainers())
        if engines.count == 1 {
            return try await own.observe(environment: environment.name, network: networkName)
        }
        // This host comes first.
        let hosts = environment.reachableHosts
        let ordered = hosts.filter { $0.name == Environment.here } + hosts.filter { $0.name != Environment.here }
        var observations = try await concurrently(ordered) { try await observe($0) }
        var first = observations.removeFirst()
        first.add(observations)
        return first
    }

    private func observe(_ host: Environment.Host) async throws -> Observation {
        let known = try await state.knownContainers()
        return try await reaching(host.name) { engine in
            try await Observer(engine: engine, host: host.name, known: known)
                .observe(environment: environment.name, network: networkName)
        }
    }

    /// Asks the engine of a host. Throws `Problems` at the host's place in the file where a remote engine is not
    /// reached.
    package func reaching<Result>(_ host: String, _ body: (Engine) async throws -> Result) async throws -> Result {
        let engine = try engine(on: host)
        guard let remote = environment.hosts.first(where: { $0.name == host })?.engine else {
            return try await body(engine)
        }
        func unreached(_ reason: String, _ remedy: String) -> Problems {
            Problems(at: remote.place, "host \(host) is not reached: \(reason)", remedy: remedy)
        }
        do {
            return try await body(engine)
        } catch let error as EngineUnreachable {
            throw unreached(error.finding, "start its engine, or correct `engine` and `tls`")
        } catch let error as HTTPFailure {
            // A certificate that the engine does not accept ends the connection.
            throw unreached("\(error)", "see whether its engine accepts the certificate in `tls`")
        } catch let error as TimedOut {
            throw unreached("\(error)", "start its engine, or correct `engine`")
        }
    }

    package func engine(on host: String) throws -> Engine {
        guard let engine = engines[host] else { throw Problems("the environment has no host \(host)") }
        return engine
    }

    package func engine(of container: ObservedContainer) throws -> Engine { try engine(on: container.host) }

    package func host(of container: ObservedContainer) throws -> DockerHost { DockerHost(try engine(of: container)) }

    /// The engines that carry out steps, by the host's name.
    package var hosts: [String: any HostEngine] { engines.mapValues { DockerHost($0) } }
}

extension Observation {
    /// The images of all hosts by name; where several have one of a name, that of the session's host.
    package var allImages: [String: ObservedImage] {
        hosts.reduce([:]) { known, host in known.merging(host.images) { first, _ in first } }
    }
}
