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
            let path = places.storePath
            guard Files.exists(path) else { return nil }
            let engine = try Engine()
            let store = try SQLiteStore(path: path)
            guard let entry = try store.get(key(places)) else { return nil }
            let known = try JSON.parse(entry.value).decode(NothingToDo.self)
            guard known.program == Self.program, known.engine == engine.address.description,
                (known.since..<known.until).contains(millisecondsSince1970() / 1000)
            else { return nil }
            let state = EnvironmentState(store: store, environment: known.environment)
            let lock = try state.lock(for: command)
            defer { lock.release() }
            // Only a survey looks at the bridges that interfaces of this host are on.
            guard try state.stamp() == known.state, try state.attachedInterfaces().isEmpty else { return nil }
            let observer = Observer(engine: engine, host: Environment.here, known: try state.knownContainers())
            async let observing = observer.observeOwn(
                environment: known.environment, network: Layout.networkName(environment: known.environment),
                version: known.version)
            let answers = FileJournal.digest(ofQuestions: known.questions).map(Hex.encode)
            guard answers == known.answers, await observing?.fingerprint == known.fingerprint else { return nil }
            return Plan(
                environment: known.environment, here: Environment.here, missing: known.missing, notes: known.notes)
        } catch {
            return nil
        }
    }

    fileprivate static var program: String { Hex.encode(Program.buildID()) }
}

extension Survey {
    /// Keeps the record of this run, which found nothing to do.
    package func rememberNothingToDo(_ places: CloudPlaces) {
        // If it cannot be kept, the next run works everything out.
        try? remember(places)
    }

    /// Whether every member's container names the wanted image; it no longer does when the name moves to another image.
    private var imagesAreTold: Bool {
        let names = Dictionary(
            observed.containers.map { ($0.member, $0.image) }, uniquingKeysWith: { first, _ in first })
        return desired.members.allSatisfy { names[$0.name] == $0.specification.image }
    }

    private func remember(_ places: CloudPlaces) throws {
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
        try session.state.keep(known, under: NothingToDo.key(places))
    }
}

extension EnvironmentState {
    /// A stamp that changes with every change of the environment's entries.
    package func stamp() throws -> StoreStamp { try store.stamp(prefix: prefix) }

    /// Forgets the records of the environment, so that the next run works everything out.
    package func forgetNothingToDo() throws {
        try commit(
            try store.range(prefix: StateKeys.nothingToDo.path).filter {
                (try? JSON.parse($0.value))?["environment"]?.string == environment
            }.map { .delete(key: $0.key) })
    }

    /// Keeps a record in place of the environment's earlier ones.
    package func keep(_ known: NothingToDo, under key: String) throws {
        let value = JSON.bytes(try Value(encoding: known))
        var changes: [StoreOperation] = []
        var isKept = false
        for entry in try store.range(prefix: StateKeys.nothingToDo.path) {
            if entry.key == key {
                isKept = entry.value == value
            } else if (try? JSON.parse(entry.value))?["environment"]?.string == known.environment {
                changes.append(.delete(key: entry.key))
            }
        }
        if !isKept { changes.append(.put(key: key, value: value)) }
        try commit(changes)
    }
}
