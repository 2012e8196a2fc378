import Applying
import DockerEngine
import Glibc
import Model
import Recipes
import Storage
import System

extension Session {
    /// Makes the environment this state folder's own on every host, where it is nobody's yet or the owner's folder is
    /// gone.
    ///
    /// - Parameter takingOver: whether to take it also from an owner whose folder is there.
    /// - Returns: whether the environment was another's before, so that the state was read from the containers anew.
    /// - Throws: `Problems` where the environment is another's.
    @discardableResult
    package func claim(takingOver: Bool) async throws -> Bool {
        let own = try state.owner(folder: stateFolder, making: true)
        var isNew = false
        // No volume is made on any host unless all hosts are reached.
        for host in hostNames where host != Environment.here { _ = try await reaching(host) { try await $0.ping() } }
        for host in hostNames {
            let wasOthers = try await reaching(host) { engine in
                guard let other = try await claim(own, on: engine) else { return false }
                guard takingOver || gaveWay(other, to: own) else { throw refusal(other, own, host: host) }
                try await engine.removeVolume(ownerVolume)
                if let winner = try await claim(own, on: engine) { throw refusal(winner, own, host: host) }
                return true
            }
            isNew = isNew || wasOthers
        }
        // This folder's state may be older than the other one's work.
        if isNew { try await recoverState(from: try await observe(), replacing: true) }
        return isNew
    }

    /// Whether the environment was seen to be this state folder's on every host.
    package func isOwn(_ observed: Observation) throws -> Bool {
        let own = try state.owner(folder: stateFolder, making: false)
        return observed.hosts.allSatisfy { $0.owner?.id == own.id }
    }

    /// Throws `Problems` where the environment is another state folder's.
    package func checkOwner() async throws {
        let own = try state.owner(folder: stateFolder, making: false)
        for host in hostNames {
            let other = try await reaching(host) { try await owner(on: $0) }
            if let other, other.id != own.id, !gaveWay(other, to: own) { throw refusal(other, own, host: host) }
        }
    }

    /// Gives the environment up on every host, when nothing of it is left.
    package func giveUpOwnership() async throws {
        for host in hostNames {
            try await reaching(host) { engine in
                if try await owner(on: engine) != nil { try await engine.removeVolume(ownerVolume) }
            }
        }
    }

    private var hostNames: [String] { engines.keys.sorted() }
    private var ownerVolume: String { EnvironmentOwner.volumeName(environment: environment.name) }

    /// Creates the owner's volume where it is missing; returns the owner if that is another.
    private func claim(_ own: EnvironmentOwner, on engine: Engine) async throws -> EnvironmentOwner? {
        let volume = try await engine.createVolume(ownerVolume, labels: own.labels(environment: environment.name))
        guard let owner = EnvironmentOwner(labels: volume.labels, environment: environment.name) else {
            throw Problems(
                "\(environment.name) needs the volume name \(ownerVolume), which a volume of someone else has",
                remedy: "remove that volume, or rename this environment")
        }
        return owner.id == own.id ? nil : owner
    }

    private func owner(on engine: Engine) async throws -> EnvironmentOwner? {
        do {
            return EnvironmentOwner(
                labels: try await engine.inspectVolume(ownerVolume).labels, environment: environment.name)
        } catch let error as EngineError where error.isNotFound {
            return nil
        }
    }

    private func gaveWay(_ other: EnvironmentOwner, to own: EnvironmentOwner) -> Bool {
        other.gaveWay(to: own) { folder in
            do {
                _ = try Files.status(of: StateFolder.store(in: folder))
                return true
            } catch let error as SystemError {
                // A folder that may not be looked at may be there.
                return error.code != ENOENT && error.code != ENOTDIR
            } catch {
                return true
            }
        }
    }

    private func refusal(_ other: EnvironmentOwner, _ own: EnvironmentOwner, host: String) -> Problems {
        let machine = other.machine == own.machine ? "" : " on \(other.machine.split(separator: " ").first ?? "")"
        let place = host == Environment.here ? "" : " on host \(host)"
        return Problems(
            "\(environment.name)\(place) belongs to the state folder \(other.folder)\(machine), and this is "
                + "\(own.folder): each has passwords of its own",
            remedy: "name that folder with `--state` or, if it is no longer used, run `minke up --take-over`, which "
                + "reads the passwords from the containers; nothing was done")
    }
}

extension EnvironmentState {
    /// This state folder as an owner; the id is empty as long as none was made.
    package func owner(folder: String, making: Bool) throws -> EnvironmentOwner {
        var id = try get(StateKeys.owner)?.string ?? ""
        if id.isEmpty, making {
            var generator = SystemRandomNumberGenerator()
            id = String(generator.next(), radix: 16) + String(generator.next(), radix: 16)
            try put(StateKeys.owner, id)
        }
        return EnvironmentOwner(id: id, machine: Self.machine, folder: folder)
    }

    /// The host name, and the id that the system was given when it was installed: host names alone are often the same.
    private static var machine: String {
        var name = utsname()
        uname(&name)
        let host = withUnsafeBytes(of: &name.nodename) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        let id = (try? Files.readText("/etc/machine-id"))?.split(whereSeparator: \.isWhitespace).first ?? ""
        return id.isEmpty ? host : "\(host) \(id)"
    }
}
