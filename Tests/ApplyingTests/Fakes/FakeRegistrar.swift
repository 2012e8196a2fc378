import Model
import System

@testable import Applying

/// A registrar that only writes into the journal, and fails where it is told to.
final class FakeRegistrar: Registrar {
    struct Refusal: Error, CustomStringConvertible {
        var description: String { "identities are out of reach" }
    }

    private let refuses = Locked(false)
    private let journal: Journal

    init(_ journal: Journal) { self.journal = journal }

    /// Has every call fail from now on.
    func refuse() { refuses.withLock { $0 = true } }

    private func work(_ line: String) throws {
        if refuses.value { throw Refusal() }
        journal.add(line)
    }

    func register(service: String) async throws { try work("register \(service)") }
    func deregister(service: String) async throws { try work("deregister \(service)") }
    func withdraw(_ departure: Departure, teller: String) async throws {
        try work("withdraw \(departure.member) from \(teller)")
    }
}

/// An attacher that only writes into the journal.
struct FakeAttacher: Attacher {
    let journal: Journal

    func attach(_ interface: String, to network: String) async throws {
        journal.add("attach \(interface) to \(network)")
    }
}
