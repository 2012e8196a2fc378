import Cryptography
import DockerEngine
import Layouts
import Model
import Observing
import Planning
import Recipes
import Storage
import System

extension NothingToDo {
    /// The empty plan of an environment that is known to be as its file says; nil where that has to be worked out.
    ///
    /// Errors are not reported here: the run that works the plan out reports them. The environment is locked meanwhile.
    ///
    /// - Parameter command: the command's name, which tells other runs who has the lock.
    package static func plan(_ places: CloudPlaces, for command: String) async -> Plan? {
        do {
            guard let store = try await StateFolder.openKnownStore(in: places.findState()) else { return nil }
            let engine = try Engine()
            guard let entry = try await store.get(key(places)) else { return nil }
            let known = try JSON.parse(entry.value).decode(NothingToDo.self)
            guard known.program == Self.program, known.engine == engine.address.description,
                (known.since..<known.until).contains(millisecondsSince1970() / 1000)
            else { return nil }
            let state = EnvironmentState(store: store, environment: known.environment)
            return try await state.lock(for: command).whileHeld {
                try await known.isStillTrue(of: engine, state) ? known.plan : nil
            }
        } catch {
            return nil
        }
    }

    /// Whether the engine, the state and the files are as they were.
    private func isStillTrue(of engine: Engine, _ kept: EnvironmentState) async throws -> Bool {
        // Only a survey looks at the bridges that interfaces of this host are on.
        guard try await kept.stamp() == state, try await kept.attachedInterfaces().isEmpty else { return false }
        let observer = Observer(engine: engine, host: Environment.here, known: try await kept.knownContainers())
        async let observing = observer.observeOwn(
            environment: environment, network: Layout.networkName(environment: environment), version: version)
        let now = FileJournal.digest(ofQuestions: questions).map(Hex.encode)
        guard now == answers else { return false }
        return await observing?.fingerprint == fingerprint
    }

    private var plan: Plan {
        Plan(environment: environment, here: Environment.here, missing: missing, notes: notes)
    }

    fileprivate static var program: String { Hex.encode(Program.buildID()) }
}

extension Survey {
    /// Keeps the record of this run, which found nothing to do.
    package func rememberNothingToDo(_ places: CloudPlaces) async {
        // If it cannot be kept, the next run works everything out.
        try? await remember(places)
    }

    /// Whether every member's container names the wanted image; it no longer does when the name moves to another image.
    private var imagesAreTold: Bool {
        let names = Dictionary(
            observed.containers.map { ($0.member, $0.image) }, uniquingKeysWith: { first, _ in first })
        return desired.members.allSatisfy { names[$0.name] == $0.specification.image }
    }

    private func remember(_ places: CloudPlaces) async throws {
        let engine = session.engine
        let program = NothingToDo.program
        // The store may have changed meanwhile; the stamp is that of the entries that were read.
        guard session.engines.count == 1, engine.address.isLocal, let version = engine.knownVersion, !program.isEmpty,
            let read = session.journal.summary(), imagesAreTold,
            // An unhealthy member's probe has to be asked each time.
            !observed.containers.contains(where: \.isUnhealthyMember)
        else { return }
        let known = NothingToDo(
            environment: desired.environment, missing: desired.missing, notes: desired.notes, program: program,
            engine: engine.address.description, version: version, state: stamp, questions: read.questions,
            answers: Hex.encode(read.digest), fingerprint: observed.fingerprint,
            since: millisecondsSince1970() / 1000, until: certificates.validUntil)
        try await session.state.keep(known, under: NothingToDo.key(places))
    }
}

extension EnvironmentState {
    /// A stamp that changes with every change of the environment's entries.
    package func stamp() async throws -> StoreStamp { try await store.stamp(prefix: prefix) }

    /// Forgets the records of the environment, so that the next run works everything out.
    package func forgetNothingToDo() async throws {
        try await commit(
            try await store.range(prefix: StateKeys.nothingToDo.path).filter {
                (try? JSON.parse($0.value))?["environment"]?.string == environment
            }.map { .delete(key: $0.key) })
    }

    /// Keeps a record in place of the environment's earlier ones.
    package func keep(_ known: NothingToDo, under key: String) async throws {
        let value = JSON.bytes(try Value(encoding: known))
        var changes: [StoreOperation] = []
        var isKept = false
        for entry in try await store.range(prefix: StateKeys.nothingToDo.path) {
            if entry.key == key {
                isKept = entry.value == value
            } else if (try? JSON.parse(entry.value))?["environment"]?.string == known.environment {
                changes.append(.delete(key: entry.key))
            }
        }
        if !isKept { changes.append(.put(key: key, value: value)) }
        try await commit(changes)
    }
}
