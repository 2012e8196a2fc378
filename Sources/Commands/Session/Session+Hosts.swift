import Applying
import Cryptography
import DockerEngine
import HTTP
import Model
import Observing
import Recipes
import System

extension Session {
    /// The engines of an environment's hosts. Throws `Problems` where what they are reached with is not there.
    static func engines(of environment: Environment, own: Engine) throws -> [String: Engine] {
        var engines = [localHost: own]
        var problems: [Problem] = []
        for host in environment.hosts {
            guard let remote = host.engine else { continue }
            for file in [remote.authority, remote.certificate, remote.key] where !Files.exists(file) {
                problems.append(
                    Problem(
                        at: remote.place, "host \(host.name): there is no file \(file)",
                        remedy: "paths in `tls` count from the environment file's folder"))
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

    /// What is wrong in the files that an engine is reached with.
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

    /// What all hosts have of the environment, without working out what should be there.
    func observe() async throws -> Observation {
        let own = Observer(engine: engine, host: localHost, known: try state.knownContainers())
        if engines.count == 1 {
            return try await own.observe(environment: environment.name, network: networkName)
        }
        var observations = try await withThrowingTaskGroup(of: (Int, Observation).self) { group in
            for (index, host) in environment.reachableHosts.enumerated() {
                group.addTask { (host.name == localHost ? -1 : index, try await observe(host)) }
            }
            var all: [(Int, Observation)] = []
            for try await observation in group { all.append(observation) }
            return all.sorted { $0.0 < $1.0 }.map(\.1)
        }
        var first = observations.removeFirst()
        first.add(observations)
        return first
    }

    private func observe(_ host: Environment.Host) async throws -> Observation {
        let observer = Observer(
            engine: try engine(on: host.name), host: host.name, known: try state.knownContainers())
        do {
            return try await observer.observe(environment: environment.name, network: networkName)
        } catch let error as EngineUnreachable where host.engine != nil {
            throw Problems(
                at: host.engine?.place, "host \(host.name) is not reached: \(error.finding)",
                remedy: "start its engine, or mend `engine` and `tls`")
        } catch let error as HTTPFailure where host.engine != nil {
            // A certificate that the engine does not accept ends the connection.
            throw Problems(
                at: host.engine?.place, "host \(host.name) is not reached: \(error)",
                remedy: "see whether its engine accepts the certificate in `tls`")
        } catch let error as TimedOut where host.engine != nil {
            throw Problems(
                at: host.engine?.place, "host \(host.name) is not reached: \(error)",
                remedy: "start its engine, or mend `engine`")
        }
    }

    func engine(on host: String) throws -> Engine {
        guard let engine = engines[host] else { throw Problems("the environment has no host \(host)") }
        return engine
    }

    func engine(of container: ObservedContainer) throws -> Engine { try engine(on: container.host) }

    func host(of container: ObservedContainer) throws -> DockerHost { DockerHost(try engine(of: container)) }

    /// What steps are carried out by, by the host's name.
    var hosts: [String: any HostEngine] { engines.mapValues { DockerHost($0) } }
}

extension Observation {
    /// The images that any host has, this one's where several have one of a name.
    var allImages: [String: ObservedImage] {
        others.reduce(images) { known, host in known.merging(host.images) { first, _ in first } }
    }
}
