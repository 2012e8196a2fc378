import Model
import System

@testable import Applying

/// A recorder that keeps everything in memory.
final class FakeRecorder: Recorder {
    private struct Records: Sendable {
        var manifests: [String: Manifest] = [:]
        var keepsRunning: [String: Bool] = [:]
        var done: [Milestone: DoneRecord] = [:]
        var volumes: [KnownVolume] = []
    }

    private let records = Locked(Records())
    /// The deed after which the lock is lost; nil for never.
    let losingLockAfter = Locked<String?>(nil)
    private let journal: Journal

    init(_ journal: Journal) { self.journal = journal }

    /// The last manifest of a container.
    func manifest(of container: String) -> Manifest? { records.value.manifests[container] }
    /// The record of a milestone; nil where it was never recorded or is forgotten.
    func record(of milestone: Milestone) -> DoneRecord? { records.value.done[milestone] }
    /// Whether a container is recorded as one that the engine starts again.
    func keepsRunning(_ container: String) -> Bool? { records.value.keepsRunning[container] }
    var volumes: [KnownVolume] { records.value.volumes }

    func requireLock() throws {
        if let deed = losingLockAfter.value, journal.lines.contains(where: { $0.hasPrefix(deed) }) { throw LockLost() }
    }

    func record(_ manifest: Manifest, container: String) throws {
        journal.add("record the files of \(container)" + (manifest.isPending ? " as pending" : ""))
        records.withLock { $0.manifests[container] = manifest }
    }

    func forget(container: String) throws {
        journal.add("forget \(container)")
        records.withLock { records in
            records.manifests[container] = nil
            records.keepsRunning[container] = nil
        }
    }

    func record(keepsRunning: Bool, container: String) throws {
        journal.add("record that \(container) \(keepsRunning ? "is" : "is not") kept running")
        records.withLock { $0.keepsRunning[container] = keepsRunning }
    }

    func record(_ record: DoneRecord, for milestone: Milestone) throws {
        journal.add("record \(milestone.words)")
        records.withLock { $0.done[milestone] = record }
    }

    func forget(_ milestone: Milestone) throws {
        journal.add("forget \(milestone.words)")
        records.withLock { $0.done[milestone] = nil }
    }

    func forget(_ departure: Departure) throws { journal.add("forget the departure of \(departure.member)") }

    func record(_ volume: KnownVolume) throws {
        journal.add("record volume \(volume.volume.name)")
        records.withLock { $0.volumes.append(volume) }
    }
}

extension Milestone {
    fileprivate var words: String {
        switch self {
        case .member(let name): "member \(name)"
        case .job(let service, let name): "job \(service)/\(name)"
        case .memberJob(let service, let name, let member): "job \(service)/\(name) for \(member)"
        case .grant(let service, let requirement): "grant \(service)/\(requirement)"
        case .memberGrant(let service, let requirement, let member): "grant \(service)/\(requirement) for \(member)"
        case .registration(let service): "registration of \(service)"
        default: "\(self)"
        }
    }
}

/// The error of a recorder whose lock was lost.
struct LockLost: Error {}
